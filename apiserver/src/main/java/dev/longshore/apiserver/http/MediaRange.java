package dev.longshore.apiserver.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One entry of an {@code Accept} header, or the value of {@code Content-Type}. */
record MediaRange(String type, Map<String, String> parameters) {
    /** Entries that are looked at; the rest of a longer header is ignored. */
    private static final int ENTRY_LIMIT = 32;

    MediaRange {
        parameters = Map.copyOf(parameters);
    }

    static MediaRange parse(String text) {
        String[] parts = text.split(";");
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                parameters.put(parts[i].substring(0, equals).trim().toLowerCase(Locale.ROOT),
                        parts[i].substring(equals + 1).trim().replace("\"", ""));
            }
        }
        return new MediaRange(parts.length == 0 ? "" : parts[0].trim().toLowerCase(Locale.ROOT), parameters);
    }

    /** The entries of an {@code Accept} header, the most wanted first. */
    static List<MediaRange> accepted(String header) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String entry : header.split(",", ENTRY_LIMIT)) {
            MediaRange range = parse(entry);
            if (range.quality() > 0) {
                ranges.add(range);
            }
        }
        ranges.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
        return ranges;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private double quality() {
        try {
            return Double.parseDouble(parameters.getOrDefault("q", "1"));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
