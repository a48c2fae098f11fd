package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.PodSecurityContext;
import dev.longshore.api.core.v1.SeccompProfile;
import dev.longshore.api.core.v1.SecurityContext;
import dev.longshore.cri.v1.SecurityProfile;

/** Which system calls a container may make (Kubernetes API, SeccompProfile). */
final class Seccomp {
    private static final String LOCAL_PROFILES = "/var/lib/kubelet/seccomp/";

    private Seccomp() {
    }

    static SecurityProfile runtimeDefault() {
        return SecurityProfile.newBuilder().setProfileType(SecurityProfile.ProfileType.RuntimeDefault).build();
    }

    /** The container's profile, else the pod's, else none: what the Kubernetes API says where nothing is set. */
    static SecurityProfile of(PodSecurityContext pod, SecurityContext container) {
        SeccompProfile profile = container.hasSeccompProfile()
                ? container.getSeccompProfile()
                : pod.getSeccompProfile();
        return switch (profile.getType()) {
            case "RuntimeDefault" -> runtimeDefault();
            case "Localhost" -> SecurityProfile.newBuilder().setProfileType(SecurityProfile.ProfileType.Localhost)
                    .setLocalhostRef(LOCAL_PROFILES + profile.getLocalhostProfile()).build();
            default -> SecurityProfile.newBuilder().setProfileType(SecurityProfile.ProfileType.Unconfined).build();
        };
    }
}
