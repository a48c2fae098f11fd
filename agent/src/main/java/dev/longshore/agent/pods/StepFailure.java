package dev.longshore.agent.pods;

/** A step that could not be done for a reason that the pod's status names. */
public final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason as a waiting container shows it: {@code CreateContainerConfigError} */
    public StepFailure(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
