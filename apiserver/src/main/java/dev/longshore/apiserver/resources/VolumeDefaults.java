package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.DownwardAPIVolumeFile;
import dev.longshore.api.core.v1.EmptyDirVolumeSource;
import dev.longshore.api.core.v1.ProjectedVolumeSource;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.core.v1.VolumeProjection;
import dev.longshore.api.core.v1.VolumeSource;

/** Fills in what a volume leaves out (source: Kubernetes API, core/v1 defaults). */
final class VolumeDefaults {
    private static final int FILE_MODE = 0644;
    private static final long TOKEN_SECONDS = 3600;

    private VolumeDefaults() {
    }

    static void fill(Volume.Builder volume) {
        VolumeSource.Builder source = volume.getVolumeSourceBuilder();
        if (source.getAllFields().isEmpty()) {
            source.setEmptyDir(EmptyDirVolumeSource.getDefaultInstance());
        }
        if (source.hasHostPath() && !source.getHostPath().hasType()) {
            source.getHostPathBuilder().setType("");
        }
        if (source.hasSecret() && !source.getSecret().hasDefaultMode()) {
            source.getSecretBuilder().setDefaultMode(FILE_MODE);
        }
        if (source.hasConfigMap() && !source.getConfigMap().hasDefaultMode()) {
            source.getConfigMapBuilder().setDefaultMode(FILE_MODE);
        }
        if (source.hasDownwardAPI()) {
            if (!source.getDownwardAPI().hasDefaultMode()) {
                source.getDownwardAPIBuilder().setDefaultMode(FILE_MODE);
            }
            source.getDownwardAPIBuilder().getItemsBuilderList().forEach(VolumeDefaults::fill);
        }
        if (source.hasProjected()) {
            fill(source.getProjectedBuilder());
        }
        if (source.hasAzureDisk() && !source.getAzureDisk().hasReadOnly()) {
            source.getAzureDiskBuilder().setReadOnly(false);
        }
        fillClaim(source);
    }

    private static void fillClaim(VolumeSource.Builder source) {
        if (source.hasEphemeral() && source.getEphemeral().hasVolumeClaimTemplate()) {
            var claim = source.getEphemeralBuilder().getVolumeClaimTemplateBuilder().getSpecBuilder();
            if (!claim.hasVolumeMode()) {
                claim.setVolumeMode("Filesystem");
            }
        }
    }

    private static void fill(DownwardAPIVolumeFile.Builder file) {
        if (file.hasFieldRef()) {
            ContainerDefaults.fill(file.getFieldRefBuilder());
        }
        if (file.hasResourceFieldRef()) {
            ContainerDefaults.fill(file.getResourceFieldRefBuilder());
        }
    }

    private static void fill(ProjectedVolumeSource.Builder projected) {
        if (!projected.hasDefaultMode()) {
            projected.setDefaultMode(FILE_MODE);
        }
        for (VolumeProjection.Builder source : projected.getSourcesBuilderList()) {
            source.getDownwardAPIBuilder().getItemsBuilderList().forEach(VolumeDefaults::fill);
            if (source.getDownwardAPI().getItemsCount() == 0) {
                source.clearDownwardAPI();
            }
            if (source.hasServiceAccountToken() && !source.getServiceAccountToken().hasExpirationSeconds()) {
                source.getServiceAccountTokenBuilder().setExpirationSeconds(TOKEN_SECONDS);
            }
        }
    }
}
