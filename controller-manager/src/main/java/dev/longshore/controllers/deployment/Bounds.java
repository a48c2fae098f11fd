package dev.longshore.controllers.deployment;

import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.intstr.IntOrString;

/**
 * How far a rollout may leave the wanted number of replicas (source: Kubernetes, apps/v1 defaults and
 * {@code ResolveFenceposts}: surge rounds up, unavailability down, both zero would never move).
 *
 * @param replicas       wanted
 * @param maxSurge       how many more pods there may be; 0 for Recreate
 * @param maxUnavailable how many fewer may be available; 0 for Recreate
 */
record Bounds(int replicas, int maxSurge, int maxUnavailable) {
    private static final long STRING_TYPE = 1;
    private static final int PERCENT = 100;
    private static final int DEFAULT_PERCENT = 25;

    static Bounds of(Deployment deployment) {
        int replicas = deployment.getSpec().hasReplicas() ? deployment.getSpec().getReplicas() : 1;
        if (deployment.getSpec().getStrategy().getType().equals("Recreate")) {
            return new Bounds(replicas, 0, 0);
        }
        var rolling = deployment.getSpec().getStrategy().getRollingUpdate();
        int surge = resolve(rolling.hasMaxSurge(), rolling.getMaxSurge(), replicas, true);
        int unavailable = resolve(rolling.hasMaxUnavailable(), rolling.getMaxUnavailable(), replicas, false);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        return new Bounds(replicas, surge, Math.min(unavailable, replicas));
    }

    int mostPods() {
        return replicas == 0 ? 0 : replicas + maxSurge;
    }

    int leastAvailable() {
        return replicas - maxUnavailable;
    }

    private static int resolve(boolean present, IntOrString value, int replicas, boolean up) {
        if (present && value.getType() != STRING_TYPE) {
            return value.getIntVal();
        }
        int percent = present ? percent(value.getStrVal()) : DEFAULT_PERCENT;
        long scaled = (long) replicas * percent;
        return (int) (up ? Math.ceilDiv(scaled, PERCENT) : Math.floorDiv(scaled, PERCENT));
    }

    private static int percent(String text) {
        try {
            return Integer.parseInt(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
        } catch (NumberFormatException _) {
            // The API refuses such text; an object from elsewhere must not stop the rollout.
            return 0;
        }
    }
}
