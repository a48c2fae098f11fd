package dev.longshore.apiserver.resources;

import java.util.Map;

/** What must hold for the numbers that controllers report of replicas (source: Kubernetes API, apps/v1 validation). */
final class StatusRules {
    private StatusRules() {
    }

    /**
     * @param replicas the number of all replicas
     * @param parts    numbers of some of them, by the name of their field
     */
    static void checkReplicas(int replicas, Map<String, Integer> parts, Causes causes) {
        Checks.notNegative("status.replicas", replicas, causes);
        parts.forEach((name, count) -> {
            String field = "status." + name;
            Checks.notNegative(field, count, causes);
            if (count > replicas) {
                causes.invalid(field, count, "cannot be greater than status.replicas");
            }
        });
    }

    static void checkAvailable(int available, int ready, Causes causes) {
        if (available > ready) {
            causes.invalid("status.availableReplicas", available, "cannot be greater than readyReplicas");
        }
    }
}
