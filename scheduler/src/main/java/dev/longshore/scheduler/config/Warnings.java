package dev.longshore.scheduler.config;

import java.util.ArrayList;
import java.util.List;

/** What is accepted and does nothing, a line each. */
final class Warnings {
    private final List<String> lines = new ArrayList<>();

    void add(Field field, String why) {
        add(field.path(), why);
    }

    void add(String path, String why) {
        lines.add(path + ": " + why);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
