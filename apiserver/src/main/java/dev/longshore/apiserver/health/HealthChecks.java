package dev.longshore.apiserver.health;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The named checks behind {@code /healthz}, {@code /livez} and {@code /readyz} (Kubernetes API, health endpoints). */
public final class HealthChecks {
    private static final Set<String> ENDPOINTS = Set.of("healthz", "livez", "readyz");

    private final List<Check> checks;

    /**
     * One check.
     *
     * @param readinessOnly whether only {@code /readyz} asks it
     */
    public record Check(String name, boolean readinessOnly, BooleanSupplier healthy) {}

    /** What is answered. */
    public record Answer(boolean healthy, String text) {}

    public HealthChecks(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * @param exclude names of checks that are not asked
     * @return empty for a path that is no health endpoint or no check
     */
    public Optional<Answer> answer(String path, boolean verbose, List<String> exclude) {
        String[] parts = path.substring(1).split("/");
        if (!ENDPOINTS.contains(parts[0]) || parts.length > 2) {
            return Optional.empty();
        }
        List<Check> asked = checks.stream().filter(check -> !check.readinessOnly() || parts[0].equals("readyz"))
                .toList();
        if (parts.length == 2) {
            return asked.stream().filter(check -> check.name().equals(parts[1])).findFirst()
                    .map(check -> all(parts[0], List.of(check), verbose, List.of()));
        }
        return Optional.of(all(parts[0], asked, verbose, exclude));
    }

    private static Answer all(String endpoint, List<Check> checks, boolean verbose, List<String> exclude) {
        StringBuilder text = new StringBuilder();
        boolean healthy = true;
        for (Check check : checks) {
            if (exclude.contains(check.name())) {
                text.append("[+]").append(check.name()).append(" excluded: ok\n");
            } else if (check.healthy().getAsBoolean()) {
                text.append("[+]").append(check.name()).append(" ok\n");
            } else {
                healthy = false;
                text.append("[-]").append(check.name()).append(" failed: reason withheld\n");
            }
        }
        text.append(endpoint).append(healthy ? " check passed\n" : " check failed\n");
        return new Answer(healthy, healthy && !verbose ? "ok" : text.toString());
    }
}
