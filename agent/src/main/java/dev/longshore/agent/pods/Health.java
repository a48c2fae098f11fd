package dev.longshore.agent.pods;

/**
 * What the probes say about one running container.
 *
 * @param started the startup probe has passed, or there is none
 * @param ready   the readiness probe passes, or there is none
 * @param live    neither the liveness nor the startup probe has failed for good
 */
public record Health(boolean started, boolean ready, boolean live) {
    public static final Health GOOD = new Health(true, true, true);
}
