package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.AppArmorProfile;
import dev.longshore.api.core.v1.SeccompProfile;
import java.util.Set;

/** Where the profiles of seccomp and AppArmor may lie (source: Kubernetes API, core/v1 validation). */
final class ProfileRules {
    private static final String LOCAL = "Localhost";
    private static final Set<String> ELSEWHERE = Set.of("RuntimeDefault", "Unconfined");

    private ProfileRules() {
    }

    static void check(String path, SeccompProfile profile, Causes causes) {
        if (profile.getType().equals(LOCAL) && !profile.hasLocalhostProfile()) {
            causes.required(path + ".localhostProfile", "must be set when seccomp type is Localhost");
        }
        checkElsewhere(path, "seccomp", profile.getType(), profile.getLocalhostProfile(), causes);
        Checks.localPath(path + ".localhostProfile", profile.getLocalhostProfile(), causes);
    }

    static void check(String path, AppArmorProfile profile, Causes causes) {
        if (profile.getType().equals(LOCAL) && profile.getLocalhostProfile().isEmpty()) {
            causes.required(path + ".localhostProfile", "must be set when AppArmor type is Localhost");
        }
        checkElsewhere(path, "AppArmor", profile.getType(), profile.getLocalhostProfile(), causes);
    }

    private static void checkElsewhere(String path, String module, String type, String local, Causes causes) {
        if (ELSEWHERE.contains(type) && !local.isEmpty()) {
            causes.invalid(path + ".localhostProfile", local, "can only be set when " + module + " type is Localhost");
        }
    }
}
