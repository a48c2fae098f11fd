package dev.longshore.scheduler.config;

import dev.longshore.api.values.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of the configuration and where it stands, as in {@code profiles[0].schedulerName}. Questions for what it is
 * not fail with ConfigurationException.
 */
record Field(String path, Tree tree) {
    static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    ConfigurationException wrong(String problem) {
        return new ConfigurationException(path, problem);
    }

    /** @param known the fields that it may have */
    Section section(String... known) {
        if (tree instanceof Tree.Fields fields) {
            return Section.of(path, fields, List.of(known));
        }
        throw wrongKind("an object");
    }

    List<Field> items() {
        if (!(tree instanceof Tree.Items items)) {
            throw wrongKind("a list");
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < items.all().size(); i++) {
            fields.add(new Field(path + "[" + i + "]", items.all().get(i)));
        }
        return fields;
    }

    /** Not empty. */
    String text() {
        if (!(tree instanceof Tree.Text(String value))) {
            throw wrongKind("text");
        }
        if (value.isEmpty()) {
            throw wrong("must not be empty");
        }
        return value;
    }

    String oneOf(String... allowed) {
        String value = text();
        if (!List.of(allowed).contains(value)) {
            throw wrong("\"" + value + "\" is " + (allowed.length == 1 ? "not " : "none of ")
                    + String.join(", ", allowed));
        }
        return value;
    }

    boolean truth() {
        if (tree instanceof Tree.Truth(boolean value)) {
            return value;
        }
        throw wrongKind("true or false");
    }

    /** A whole number; of bounds that exceed an int only the other is told. */
    int integer(int lowest, int highest) {
        if (!(tree instanceof Tree.Number(String digits))) {
            throw wrongKind("a whole number");
        }
        try {
            int value = new BigDecimal(digits).intValueExact();
            if (value >= lowest && value <= highest) {
                return value;
            }
        } catch (ArithmeticException e) {
            throw wrong(digits + " is no whole number, or too large");
        }
        throw wrong(digits + (highest == Integer.MAX_VALUE
                ? " is less than " + lowest
                : " is not in the range " + lowest + " to " + highest));
    }

    void number() {
        if (!(tree instanceof Tree.Number)) {
            throw wrongKind("a number");
        }
    }

    /** More than 0, as in {@code 1m30s}. */
    Duration duration() {
        try {
            Duration value = Duration.ofNanos(Durations.parse(text()));
            if (value.isPositive()) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
        throw wrong("must be more than 0");
    }

    private ConfigurationException wrongKind(String wanted) {
        return wrong("must be " + wanted + ", not " + tree.kind());
    }
}
