package dev.longshore.api.values;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** One condition on labels. {@code toString} is the condition in the grammar of selectors. */
public sealed interface LabelRequirement {
    /** The label that the condition is about. */
    String key();

    /** The values that it names, sorted. */
    default List<String> values() {
        return List.of();
    }

    boolean matches(Map<String, String> labels);

    /** {@code key=value}. */
    record Equal(String key, String value) implements LabelRequirement {
        @Override
        public List<String> values() {
            return List.of(value);
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            return value.equals(labels.get(key));
        }

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    /** {@code key!=value}; also holds without the label. */
    record NotEqual(String key, String value) implements LabelRequirement {
        @Override
        public List<String> values() {
            return List.of(value);
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            return !value.equals(labels.get(key));
        }

        @Override
        public String toString() {
            return key + "!=" + value;
        }
    }

    /** {@code key in (a,b)}. */
    record In(String key, List<String> values) implements LabelRequirement {
        public In {
            values = values.stream().sorted().distinct().toList();
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(key) && values.contains(labels.get(key));
        }

        @Override
        public String toString() {
            return key + " in (" + String.join(",", values) + ")";
        }
    }

    /** {@code key notin (a,b)}; also holds without the label. */
    record NotIn(String key, List<String> values) implements LabelRequirement {
        public NotIn {
            values = values.stream().sorted().distinct().toList();
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            return !labels.containsKey(key) || !values.contains(labels.get(key));
        }

        @Override
        public String toString() {
            return key + " notin (" + String.join(",", values) + ")";
        }
    }

    /** {@code key}. */
    record Exists(String key) implements LabelRequirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(key);
        }

        @Override
        public String toString() {
            return key;
        }
    }

    /** {@code !key}. */
    record Missing(String key) implements LabelRequirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return !labels.containsKey(key);
        }

        @Override
        public String toString() {
            return "!" + key;
        }
    }

    /** {@code key>1}: the label is an integer above the bound. */
    record Above(String key, long bound) implements LabelRequirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            OptionalLong value = number(labels, key);
            return value.isPresent() && value.getAsLong() > bound;
        }

        @Override
        public String toString() {
            return key + ">" + bound;
        }
    }

    /** {@code key<1}: the label is an integer below the bound. */
    record Below(String key, long bound) implements LabelRequirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            OptionalLong value = number(labels, key);
            return value.isPresent() && value.getAsLong() < bound;
        }

        @Override
        public String toString() {
            return key + "<" + bound;
        }
    }

    /** Holds for nothing; it has no text. */
    record Never() implements LabelRequirement {
        @Override
        public String key() {
            return "";
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            return false;
        }

        @Override
        public String toString() {
            return "";
        }
    }

    private static OptionalLong number(Map<String, String> labels, String key) {
        try {
            return labels.containsKey(key)
                    ? OptionalLong.of(Long.parseLong(labels.get(key)))
                    : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
