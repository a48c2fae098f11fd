package dev.longshore.cli;

import java.time.Duration;

/** What {@code up} makes of a cluster that starts in the background. Pure. */
sealed interface Startup {
    /** How the progress file calls the stage after which nothing is to be waited for. */
    String READY = "ready";
    /** What stands before the reason in the progress file of a cluster that did not start. */
    String FAILED = "failed: ";

    /** It still starts; {@code stage} is for the user. */
    record Starting(String stage) implements Startup {}

    record Ready() implements Startup {}

    /** It ended, or takes too long; {@code message} is for the user. */
    record Failed(String message) implements Startup {}

    /**
     * What the wait sees.
     *
     * @param stage  the line in the progress file; "" before the first
     * @param alive  whether the process runs
     * @param waited since the process was started
     */
    record Seen(String stage, boolean alive, Duration waited) {}

    /**
     * Decides what to do next. A process that has ended was never ready for use, whatever it wrote before; one that is
     * ready late is ready.
     *
     * @param limit how long a start may take
     */
    static Startup of(Seen seen, Duration limit) {
        String stage = seen.stage().isEmpty() ? "starting" : seen.stage();
        if (!seen.alive()) {
            return new Failed("the cluster did not start: " + (stage.startsWith(FAILED)
                    ? stage.substring(FAILED.length())
                    : "it ended while " + stage));
        }
        if (stage.startsWith(READY)) {
            return new Ready();
        }
        return seen.waited().compareTo(limit) > 0
                ? new Failed("not ready after " + limit.toSeconds() + " s, still " + stage
                        + "; it goes on in the background")
                : new Starting(stage);
    }
}
