package dev.longshore.scheduler.replay;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON merge patch (RFC 7386) over trees. It removes nothing, as trees know no null. */
final class MergePatch {
    private MergePatch() {
    }

    static Map<String, Object> apply(Map<String, Object> target, Map<String, Object> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(target);
        patch.forEach((name, value) -> {
            if (value instanceof Map<?, ?>) {
                Object before = merged.getOrDefault(name, Map.of());
                merged.put(name, apply(RecordedCase.object(before instanceof Map<?, ?> ? before : Map.of()),
                        RecordedCase.object(value)));
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }
}
