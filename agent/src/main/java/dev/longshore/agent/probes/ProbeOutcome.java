package dev.longshore.agent.probes;

/** What one attempt of a probe gave, with a text for people. */
public record ProbeOutcome(boolean success, String message) {
    public static ProbeOutcome success(String message) {
        return new ProbeOutcome(true, message);
    }

    public static ProbeOutcome failure(String message) {
        return new ProbeOutcome(false, message);
    }
}
