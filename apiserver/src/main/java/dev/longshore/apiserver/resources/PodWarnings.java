package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.PodSecurityContext;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.core.v1.VolumeProjection;
import dev.longshore.api.core.v1.VolumeSource;
import dev.longshore.api.values.Quantities;
import java.util.ArrayList;
import java.util.List;

/**
 * Names, in a specification as it was sent, every field that is accepted though no scheduler and no agent of this
 * cluster acts on it. A field that becomes supported loses its line here.
 */
final class PodWarnings {
    private static final String NO_EFFECT = " is accepted but has no effect in this cluster yet";
    private static final String NO_START = " is not supported yet; the pod will not start";

    private final List<String> found = new ArrayList<>();

    private PodWarnings() {
    }

    /** @param path of the specification: {@code spec} or {@code spec.template.spec} */
    static List<String> of(String path, PodSpec spec) {
        PodWarnings warnings = new PodWarnings();
        warnings.pod(path, spec);
        warnings.security(path, spec.getSecurityContext());
        for (int i = 0; i < spec.getInitContainersCount(); i++) {
            ContainerWarnings.add(path + ".initContainers[" + i + "]", spec.getInitContainers(i), warnings.found);
        }
        for (int i = 0; i < spec.getContainersCount(); i++) {
            ContainerWarnings.add(path + ".containers[" + i + "]", spec.getContainers(i), warnings.found);
        }
        for (int i = 0; i < spec.getVolumesCount(); i++) {
            warnings.volume(path + ".volumes[" + i + "]", spec.getVolumes(i));
        }
        return List.copyOf(warnings.found);
    }

    private void pod(String path, PodSpec spec) {
        say(spec.getEphemeralContainersCount() > 0, path, ".ephemeralContainers" + NO_EFFECT);
        say(spec.hasRuntimeClassName(), path, ".runtimeClassName" + NO_EFFECT);
        say(spec.getSetHostnameAsFQDN(), path, ".setHostnameAsFQDN" + NO_EFFECT);
        say(spec.getAutomountServiceAccountToken(), path, ".automountServiceAccountToken" + NO_EFFECT
                + ": no token is mounted");
        say(spec.getOs().getName().equals("windows"), path, ".os.name" + NO_EFFECT + ": every node runs linux");
        say(spec.getResourceClaimsCount() > 0,
                path, ".resourceClaims is dropped: dynamic resource allocation is not supported");
        say(spec.hasHostUsers(), path, ".hostUsers is dropped: user namespaces are not supported");
        say(spec.hasResources(), path, ".resources is dropped: resources of a whole pod are not supported");
    }

    private void security(String path, PodSecurityContext context) {
        say(context.hasSeLinuxOptions(), path, ".securityContext.seLinuxOptions" + NO_EFFECT);
        say(context.hasSeLinuxChangePolicy(), path, ".securityContext.seLinuxChangePolicy" + NO_EFFECT);
        say(context.hasWindowsOptions(), path, ".securityContext.windowsOptions" + NO_EFFECT);
        // RuntimeDefault is what the runtime does when nothing is said.
        say(context.hasAppArmorProfile() && !context.getAppArmorProfile().getType().equals("RuntimeDefault"),
                path, ".securityContext.appArmorProfile" + NO_EFFECT);
        say(context.getSupplementalGroupsPolicy().equals("Strict"), path,
                ".securityContext.supplementalGroupsPolicy" + NO_EFFECT);
    }

    private void volume(String path, Volume volume) {
        VolumeSource source = volume.getVolumeSource();
        if (!VolumeRules.isSupported(source)) {
            source.getAllFields().keySet().forEach(field -> found.add(path + "." + field.getJsonName() + NO_START));
        }
        String medium = source.getEmptyDir().getMedium();
        say(!medium.isEmpty() && !medium.equals("Memory"), path, ".emptyDir.medium" + NO_START);
        say(medium.isEmpty() && Quantities.signum(source.getEmptyDir().getSizeLimit()) > 0,
                path, ".emptyDir.sizeLimit" + NO_EFFECT);
        for (int i = 0; i < source.getProjected().getSourcesCount(); i++) {
            VolumeProjection from = source.getProjected().getSources(i);
            String place = path + ".projected.sources[" + i + "]";
            say(from.hasServiceAccountToken(), place, ".serviceAccountToken" + NO_START);
            say(from.hasClusterTrustBundle(), place, ".clusterTrustBundle" + NO_START);
        }
    }

    /** The text is put together only if somebody is to read it. */
    private void say(boolean concerns, String path, String rest) {
        if (concerns) {
            found.add(path + rest);
        }
    }
}
