package dev.longshore.api.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Deals with what a recording left out or replaced. */
final class Volatile {
    private static final String PLACEHOLDER = "<volatile>";
    private static final String TIME = "2026-01-02T03:04:05Z";

    private Volatile() {
    }

    /** Puts times and numbers where a placeholder stands. */
    static Object fill(Object tree) {
        if (tree instanceof Map<?, ?>) {
            JsonTree.object(tree).replaceAll((key, value) -> PLACEHOLDER.equals(value) ? valueFor(key) : fill(value));
        } else if (tree instanceof List<?>) {
            JsonTree.list(tree).replaceAll(Volatile::fill);
        }
        return tree;
    }

    /** As {@link #fill}, for recordings that name the kind of what they replaced. */
    static byte[] fillTimes(String text) {
        return text.replace("\"<time>\"", '"' + TIME + '"')
                .replace("\"<microtime>\"", "\"2026-01-02T03:04:05.000006Z\"")
                .replaceAll("\"(\\w*[nN]odePort)\":\\s*\"<[^\"]*>\"", "\"$1\":30000")
                .replaceAll("\"disruptedPods\":\\s*\"<[^\"]*>\"", "\"disruptedPods\":{\"a\":\"" + TIME + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Object valueFor(String key) {
        boolean time = key.endsWith("Time") || key.endsWith("Timestamp");
        boolean number = key.endsWith("Port");
        return time ? TIME : number ? new BigDecimal(30000) : PLACEHOLDER;
    }

    /** The recording has no creation times; the codec writes them as null where they are absent. */
    static void dropStripped(Object tree) {
        if (tree instanceof Map<?, ?>) {
            Map<String, Object> object = JsonTree.object(tree);
            if (object.get("metadata") instanceof Map<?, ?>) {
                JsonTree.object(object.get("metadata")).remove("creationTimestamp");
            }
        }
    }

    /** What {@code given} says and {@code kept} does not; empty values may go, spelling may change. */
    static List<String> missing(String path, Object given, Object kept) {
        List<String> lost = new ArrayList<>();
        if (given instanceof Map<?, ?>) {
            JsonTree.object(given).forEach((key, value) -> {
                Object other = kept instanceof Map<?, ?> ? JsonTree.object(kept).get(key) : null;
                if (other == null || other == JsonTree.NULL) {
                    if (!isEmpty(value)) {
                        lost.add(path + "." + key + ": " + value);
                    }
                } else {
                    lost.addAll(missing(path + "." + key, value, other));
                }
            });
        } else if (given instanceof List<?> list) {
            List<Object> others = kept instanceof List<?> ? JsonTree.list(kept) : List.of();
            for (int i = 0; i < list.size(); i++) {
                lost.addAll(i < others.size()
                        ? missing(path + "[" + i + "]", list.get(i), others.get(i))
                        : List.of(path + "[" + i + "]: " + list.get(i)));
            }
        }
        return lost;
    }

    private static boolean isEmpty(Object value) {
        return value == JsonTree.NULL || value.equals("") || value.equals(false) || value.equals(List.of())
                || value.equals(Map.of()) || value instanceof BigDecimal number && number.signum() == 0;
    }
}
