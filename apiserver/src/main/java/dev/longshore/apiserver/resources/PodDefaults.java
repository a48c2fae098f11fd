package dev.longshore.apiserver.resources;

/** Fills in what a pod leaves out. */
final class PodDefaults {
    static final long GRACE_PERIOD_SECONDS = 30;

    private PodDefaults() {
    }
}
