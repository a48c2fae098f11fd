package dev.longshore.scheduler.state;

import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.Volume;

/**
 * Finds demands of a pod that no rule here can check. Placing such a pod might break its promise, so it waits and its
 * condition names the demand.
 */
final class UnsupportedDemands {
    private UnsupportedDemands() {
    }

    /** The first such demand as a path below {@code spec}, or "". */
    static String of(PodSpec spec) {
        return spec.getVolumesList().stream().map(Volume::getVolumeSource)
                .anyMatch(source -> source.hasPersistentVolumeClaim() || source.hasEphemeral())
                        ? "volumes with a persistent volume claim"
                        : "";
    }
}
