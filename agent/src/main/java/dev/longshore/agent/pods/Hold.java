package dev.longshore.agent.pods;

import java.time.Instant;

/**
 * A step failed and is not tried again before {@code until}.
 *
 * @param reason  what a waiting container shows: {@code ImagePullBackOff}
 * @param message for people
 */
public record Hold(String reason, String message, Instant until) {}
