package dev.longshore.apiserver.registry;

import dev.longshore.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A label selector in the API's text syntax. */
record LabelTerms(List<Term> terms) {
    private static final Pattern SET = Pattern.compile("\\s*([^\\s=!<>,()]+)\\s+(in|notin)\\s*\\(([^()]*)\\)\\s*");
    private static final Pattern COMPARE = Pattern.compile("\\s*([^\\s=!<>,()]+)\\s*(==|=|!=|<|>)\\s*([^\\s=!<>()]*)\\s*");
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*([^\\s=!<>,()]+)\\s*");

    /** One condition on one label. */
    private interface Term {
        boolean matches(Map<String, String> labels);
    }

    static LabelTerms parse(String selector) {
        List<Term> terms = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= selector.length(); i++) {
            char next = i == selector.length() ? ',' : selector.charAt(i);
            depth += next == '(' ? 1 : next == ')' ? -1 : 0;
            if (next == ',' && (depth == 0 || i == selector.length())) {
                String text = selector.substring(start, i);
                if (!text.isBlank()) {
                    terms.add(term(text, selector));
                }
                start = i + 1;
            }
        }
        return new LabelTerms(List.copyOf(terms));
    }

    boolean isEmpty() {
        return terms.isEmpty();
    }

    boolean matches(Map<String, String> labels) {
        return terms.stream().allMatch(term -> term.matches(labels));
    }

    private static Term term(String text, String selector) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            Set<String> values = Set.copyOf(java.util.Arrays.stream(set.group(3).split(",", -1)).map(String::strip)
                    .collect(java.util.stream.Collectors.toSet()));
            return set.group(2).equals("in") ? labels -> in(labels, set.group(1), values)
                    : labels -> !in(labels, set.group(1), values);
        }
        Matcher compare = COMPARE.matcher(text);
        if (compare.matches()) {
            return comparison(compare.group(1), compare.group(2), compare.group(3));
        }
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            return labels -> labels.containsKey(exists.group(2)) == wanted;
        }
        throw ApiException.badRequest("unable to parse requirement: " + selector);
    }

    private static Term comparison(String key, String operator, String value) {
        return switch (operator) {
            case "!=" -> labels -> !value.equals(labels.get(key));
            case "<", ">" -> labels -> compares(labels, key, operator, value);
            default -> labels -> value.equals(labels.get(key));
        };
    }

    private static boolean compares(Map<String, String> labels, String key, String operator, String value) {
        try {
            return labels.containsKey(key) && Long.compare(Long.parseLong(labels.get(key)), Long.parseLong(value))
                    == (operator.equals("<") ? -1 : 1);
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean in(Map<String, String> labels, String key, Set<String> values) {
        return labels.containsKey(key) && values.contains(labels.get(key));
    }
}
