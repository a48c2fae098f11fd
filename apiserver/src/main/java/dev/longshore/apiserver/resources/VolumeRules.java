package dev.longshore.apiserver.resources;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.longshore.api.core.v1.EphemeralVolumeSource;
import dev.longshore.api.core.v1.PersistentVolumeClaimSpec;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.core.v1.VolumeSource;
import dev.longshore.api.values.Quantities;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What must hold for the volumes of a pod (source: Kubernetes API, core/v1 validation). */
final class VolumeRules {
    private static final List<String> ACCESS_MODES = List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce",
            "ReadWriteOncePod");
    private static final Set<String> SUPPORTED = Set.of("emptyDir", "hostPath", "configMap", "secret", "downwardAPI",
            "projected");

    private VolumeRules() {
    }

    /** Answers the names that mounts may refer to: those of the volumes in which nothing is wrong. */
    static Set<String> check(String path, List<Volume> volumes, Causes causes) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            String place = path + "[" + i + "]";
            Causes own = new Causes();
            if (!volume.getName().isEmpty()) {
                Checks.label(place + ".name", volume.getName(), own);
                if (names.contains(volume.getName())) {
                    own.duplicate(place + ".name", volume.getName());
                }
            }
            checkSource(place, volume.getVolumeSource(), own);
            causes.addAll(own.list());
            OptionRules.check(place, volume, own);
            if (own.list().isEmpty()) {
                names.add(volume.getName());
            }
        }
        return names;
    }

    static boolean isSupported(VolumeSource source) {
        return source.getAllFields().keySet().stream().map(FieldDescriptor::getName).allMatch(SUPPORTED::contains);
    }

    private static void checkSource(String path, VolumeSource source, Causes causes) {
        List<FieldDescriptor> set = List.copyOf(source.getAllFields().keySet());
        set.stream().skip(1).forEach(field -> causes.forbidden(path + "." + field.getJsonName(),
                "may not specify more than 1 volume type"));
        if (source.hasEmptyDir() && Quantities.signum(source.getEmptyDir().getSizeLimit()) < 0) {
            causes.forbidden(path + ".emptyDir.sizeLimit", "SizeLimit field must be a valid resource quantity");
        }
        if (source.hasHostPath()) {
            Checks.noWayUp(path + ".hostPath.path", source.getHostPath().getPath(), causes);
        }
        if (source.hasConfigMap()) {
            if (source.getConfigMap().getLocalObjectReference().getName().isEmpty()) {
                causes.required(path + ".configMap.name", "");
            }
            ProjectionRules.mode(path + ".configMap.defaultMode", source.getConfigMap().getDefaultMode(), causes);
            ProjectionRules.items(path + ".configMap.items", source.getConfigMap().getItemsList(), causes);
        }
        if (source.hasSecret()) {
            if (source.getSecret().getSecretName().isEmpty()) {
                causes.required(path + ".secret.secretName", "");
            }
            ProjectionRules.mode(path + ".secret.defaultMode", source.getSecret().getDefaultMode(), causes);
            ProjectionRules.items(path + ".secret.items", source.getSecret().getItemsList(), causes);
        }
        if (source.hasDownwardAPI()) {
            ProjectionRules.mode(path + ".downwardAPI.defaultMode", source.getDownwardAPI().getDefaultMode(), causes);
            source.getDownwardAPI().getItemsList()
                    .forEach(file -> ProjectionRules.check(path + ".downwardAPI", file, causes));
        }
        if (source.hasProjected()) {
            ProjectionRules.check(path + ".projected", source.getProjected(), causes);
        }
        if (source.hasEphemeral()) {
            check(path + ".ephemeral.volumeClaimTemplate", source.getEphemeral(), causes);
        }
    }

    private static void check(String path, EphemeralVolumeSource source, Causes causes) {
        if (!source.hasVolumeClaimTemplate()) {
            causes.required(path, "");
            return;
        }
        if (!source.getVolumeClaimTemplate().getMetadata().getName().isEmpty()) {
            causes.forbidden(path + ".metadata.name", "cannot be set");
        }
        PersistentVolumeClaimSpec claim = source.getVolumeClaimTemplate().getSpec();
        if (claim.getAccessModesCount() == 0) {
            causes.required(path + ".spec.accessModes", "at least 1 access mode is required");
        }
        claim.getAccessModesList().stream().filter(mode -> !ACCESS_MODES.contains(mode))
                .forEach(mode -> causes.notSupported(path + ".spec.accessModes", mode, ACCESS_MODES));
        if (!claim.getResources().containsRequests("storage")) {
            causes.required(path + ".spec.resources[storage]", "");
        }
    }
}
