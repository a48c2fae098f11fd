package dev.longshore.scheduler.plugins;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A line taken apart: what it is about, a name, and what is said of it. */
record Words(String kind, String name, Map<String, String> said) {
    static Words of(String line) {
        String[] words = line.strip().split(" +");
        Map<String, String> said = new LinkedHashMap<>();
        for (int i = 2; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            said.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return new Words(words[0], words[1], said);
    }

    boolean has(String word) {
        return said.containsKey(word);
    }

    String get(String key, String other) {
        return said.getOrDefault(key, other);
    }

    /** The values between commas. */
    List<String> list(String key, String other) {
        String value = get(key, other);
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }

    void ifSaid(String key, Consumer<String> then) {
        if (has(key)) {
            then.accept(get(key, ""));
        }
    }
}
