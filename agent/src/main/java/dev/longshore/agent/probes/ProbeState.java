package dev.longshore.agent.probes;

import dev.longshore.api.core.v1.Probe;

/**
 * What a probe's results so far mean (Kubernetes API, core/v1 Probe): the verdict changes after as many equal
 * results in
 * a row as the thresholds say.
 *
 * @param passing the verdict
 * @param decided whether the results have given a verdict yet
 * @param last    the last result
 * @param streak  how many times in a row it came
 */
public record ProbeState(boolean passing, boolean decided, boolean last, int streak) {
    private static final int DEFAULT_FAILURES = 3;

    /** The verdict before the first result. */
    public static ProbeState initially(boolean passing) {
        return new ProbeState(passing, false, false, 0);
    }

    public ProbeState observe(boolean success, Probe probe) {
        int length = streak > 0 && last == success ? streak + 1 : 1;
        int needed = success ? Math.max(1, probe.getSuccessThreshold()) : failures(probe);
        return length >= needed
                ? new ProbeState(success, true, success, length)
                : new ProbeState(passing, decided, success, length);
    }

    /** Whether the verdict is a failure that the results gave, not the assumption before them. */
    public boolean failed() {
        return decided && !passing;
    }

    private static int failures(Probe probe) {
        return probe.getFailureThreshold() > 0 ? probe.getFailureThreshold() : DEFAULT_FAILURES;
    }
}
