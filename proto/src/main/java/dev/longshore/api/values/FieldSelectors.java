package dev.longshore.api.values;

import dev.longshore.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Field selectors such as {@code spec.nodeName=a,status.phase!=Failed}: terms that must all hold. In values, backslash
 * takes the meaning from backslash, comma and equals sign (source: Kubernetes API, field selectors).
 */
public final class FieldSelectors {
    /** Terms of one selector; more is refused. */
    public static final int MAX_TERMS = 64;

    private FieldSelectors() {
    }

    /**
     * One comparison.
     *
     * @param negated whether the field must differ from the value
     */
    public record Term(String field, boolean negated, String value) {
        @Override
        public String toString() {
            return field + (negated ? "!=" : "=") + escape(value);
        }
    }

    /** Terms that must all hold; none of them holds for everything. */
    public record Selector(List<Term> terms) {
        public static final Selector EVERYTHING = new Selector(List.of());

        public Selector {
            terms = List.copyOf(terms);
        }

        public boolean isEverything() {
            return terms.isEmpty();
        }

        /** Decides by the values of fields; a field without a value counts as "". */
        public boolean matches(Function<String, Optional<String>> fields) {
            for (Term term : terms) {
                if (fields.apply(term.field()).orElse("").equals(term.value()) == term.negated()) {
                    return false;
                }
            }
            return true;
        }

        /** The value that {@code field} must have, where the selector fixes one. */
        public Optional<String> required(String field) {
            return terms.stream().filter(term -> !term.negated() && term.field().equals(field)).map(Term::value)
                    .findFirst();
        }

        @Override
        public String toString() {
            return terms.stream().map(Term::toString).collect(Collectors.joining(","));
        }
    }

    /** Fails with ApiException, reason BadRequest. */
    public static Selector parse(String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(part));
            }
        }
        if (terms.size() > MAX_TERMS) {
            throw ApiException.badRequest("a field selector has at most " + MAX_TERMS + " terms");
        }
        return new Selector(terms);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Term term(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (part.startsWith("!=", i)) {
                return new Term(part.substring(0, i), true, unescape(part.substring(i + 2)));
            }
            if (part.startsWith("==", i)) {
                return new Term(part.substring(0, i), false, unescape(part.substring(i + 2)));
            }
            if (part.charAt(i) == '=') {
                return new Term(part.substring(0, i), false, unescape(part.substring(i + 1)));
            }
        }
        throw ApiException.badRequest("invalid selector: '" + part + "'; can't understand '" + part + "'");
    }

    private static String unescape(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                c = i < value.length() ? value.charAt(i) : 0;
                if (c != '\\' && c != ',' && c != '=') {
                    throw ApiException
                            .badRequest("invalid selector: a backslash stands only before a backslash, a comma "
                                    + "or an equals sign");
                }
            } else if (c == ',' || c == '=') {
                throw ApiException.badRequest("invalid selector: '" + c + "' within a value needs a backslash");
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
    }
}
