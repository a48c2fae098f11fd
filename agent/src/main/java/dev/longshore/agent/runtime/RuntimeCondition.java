package dev.longshore.agent.runtime;

/**
 * Whether pods can run.
 *
 * @param message why not, "" when all is well
 */
public record RuntimeCondition(boolean runtimeReady, boolean networkReady, String message) {
    public static final RuntimeCondition READY = new RuntimeCondition(true, true, "");

    public boolean ready() {
        return runtimeReady && networkReady;
    }
}
