package dev.longshore.scheduler.plugins;

/**
 * A way to place pods.
 *
 * @param schedulerName the pods that name it are its own
 */
public record Profile(String schedulerName, Plugins plugins) {
    /** The name of pods that give none (Kubernetes API, Pod). */
    public static final String DEFAULT_NAME = "default-scheduler";

    public static Profile standard() {
        return new Profile(DEFAULT_NAME, Plugins.standard());
    }
}
