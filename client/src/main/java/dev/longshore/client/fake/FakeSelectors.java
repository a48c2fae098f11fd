package dev.longshore.client.fake;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.longshore.client.Query;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Label and field selectors in the syntax of the API: {@code a=b}, {@code a!=b}, {@code a in (b,c)}, {@code !a}. */
final class FakeSelectors {
    private FakeSelectors() {
    }

    static boolean matches(Query query, Message object, Map<String, String> labels, String namespace) {
        return (query.namespace().isEmpty() || query.namespace().equals(namespace))
                && terms(query.labelSelector()).stream().allMatch(term -> matchesLabel(term, labels))
                && terms(query.fieldSelector()).stream().allMatch(term -> matchesField(term, object));
    }

    private static List<String> terms(String selector) {
        // A comma within parentheses separates values, not terms.
        return Arrays.stream(selector.split(",(?![^(]*\\))")).map(String::strip).filter(term -> !term.isEmpty())
                .toList();
    }

    private static boolean matchesLabel(String term, Map<String, String> labels) {
        if (term.startsWith("!")) {
            return !labels.containsKey(term.substring(1));
        }
        int paren = term.indexOf('(');
        if (paren > 0) {
            String[] head = term.substring(0, paren).strip().split("\\s+");
            List<String> values = Arrays.stream(term.substring(paren + 1, term.length() - 1).split(","))
                    .map(String::strip).toList();
            boolean in = labels.containsKey(head[0]) && values.contains(labels.get(head[0]));
            return head[1].equals("in") == in;
        }
        if (!term.contains("=")) {
            return labels.containsKey(term);
        }
        return compare(term, key -> labels.getOrDefault(key, "\0"));
    }

    private static boolean matchesField(String term, Message object) {
        return compare(term, path -> fieldText(object, path));
    }

    private static boolean compare(String term, UnaryOperator<String> read) {
        boolean negated = term.contains("!=");
        String[] sides = term.split(negated ? "!=" : "==?", 2);
        return negated != read.apply(sides[0]).equals(sides[1]);
    }

    private static String fieldText(Message object, String path) {
        Message at = object;
        String[] names = path.split("\\.");
        for (int i = 0; i < names.length; i++) {
            FieldDescriptor field = at.getDescriptorForType().findFieldByName(names[i]);
            if (field == null) {
                return "";
            }
            Object value = at.getField(field);
            if (i == names.length - 1) {
                return value.toString();
            }
            at = (Message) value;
        }
        return "";
    }
}
