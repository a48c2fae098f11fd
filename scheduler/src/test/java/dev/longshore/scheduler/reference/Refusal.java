package dev.longshore.scheduler.reference;

import java.util.List;
import java.util.Optional;

/** The rule that refuses a node, and its reasons. */
public record Refusal(String rule, List<String> reasons) {
    static Optional<Refusal> of(String rule, String reason) {
        return Optional.of(new Refusal(rule, List.of(reason)));
    }
}
