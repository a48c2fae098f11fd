package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.PodSecurityContext;
import dev.longshore.api.core.v1.PodSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold for the users and kernel settings of a whole pod (source: Kubernetes API, core/v1 validation). */
final class PodSecurityRules {
    private static final int MAX_SYSCTL_LENGTH = 253;
    private static final String SYSCTL = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    private static final Pattern SYSCTL_NAME = Pattern.compile(SYSCTL);
    private static final List<String> IPC = List.of("kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue.");

    private PodSecurityRules() {
    }

    static void check(String path, PodSpec spec, Causes causes) {
        PodSecurityContext context = spec.getSecurityContext();
        if (context.hasFsGroup()) {
            id(path + ".fsGroup", context.getFsGroup(), causes);
        }
        if (context.hasRunAsUser()) {
            id(path + ".runAsUser", context.getRunAsUser(), causes);
        }
        if (context.hasRunAsGroup()) {
            id(path + ".runAsGroup", context.getRunAsGroup(), causes);
        }
        for (int i = 0; i < context.getSupplementalGroupsCount(); i++) {
            id(path + ".supplementalGroups[" + i + "]", context.getSupplementalGroups(i), causes);
        }
        if (context.hasSeccompProfile()) {
            ProfileRules.check(path + ".seccompProfile", context.getSeccompProfile(), causes);
        }
        if (context.hasAppArmorProfile()) {
            ProfileRules.check(path + ".appArmorProfile", context.getAppArmorProfile(), causes);
        }
        if (spec.getShareProcessNamespace() && spec.getHostPID()) {
            causes.invalid(path + ".shareProcessNamespace", true,
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        if (spec.getOs().getName().equals("linux") && context.hasWindowsOptions()) {
            causes.forbidden(path + ".windowsOptions", "windows options cannot be set for a linux pod");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < context.getSysctlsCount(); i++) {
            String place = path + ".sysctls[" + i + "].name";
            String name = context.getSysctls(i).getName();
            if (!name.isEmpty()) {
                checkSysctl(place, name, spec, causes);
            }
            if (!names.add(name)) {
                causes.duplicate(place, name);
            }
        }
    }

    /** Of a user or a group. */
    static void id(String field, long id, Causes causes) {
        if (id < 0 || id > Integer.MAX_VALUE) {
            causes.invalid(field, id, "must be between 0 and 2147483647, inclusive");
        }
    }

    private static void checkSysctl(String field, String name, PodSpec spec, Causes causes) {
        if (name.length() > MAX_SYSCTL_LENGTH || !SYSCTL_NAME.matcher(name).matches()) {
            causes.invalid(field, name,
                    "must have at most " + MAX_SYSCTL_LENGTH + " characters and match regex " + SYSCTL);
        } else if (spec.getHostIPC() && IPC.stream().anyMatch(name::startsWith)) {
            causes.invalid(field, name, "may not be specified when 'hostIPC' is true");
        } else if (spec.getHostNetwork() && name.startsWith("net.")) {
            causes.invalid(field, name, "may not be specified when 'hostNetwork' is true");
        }
    }
}
