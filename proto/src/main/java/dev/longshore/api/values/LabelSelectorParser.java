package dev.longshore.api.values;

import dev.longshore.api.ApiException;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of label selectors, word by word. Used once. */
final class LabelSelectorParser {
    private static final String SPECIAL = "!=<>(),";
    private static final String SPACE = " \t\r\n";
    private static final String END = "";

    private final String text;
    private int position;
    private String word = END;

    LabelSelectorParser(String text) {
        this.text = text;
        next();
    }

    /** Values and keys are not checked yet. */
    List<LabelRequirement> parse() {
        List<LabelRequirement> requirements = new ArrayList<>();
        if (word.equals(END)) {
            return requirements;
        }
        requirements.add(requirement());
        while (word.equals(",")) {
            next();
            requirements.add(requirement());
        }
        if (!word.equals(END)) {
            throw unexpected("',' or the end");
        }
        return requirements;
    }

    private void next() {
        while (position < text.length() && SPACE.indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        int start = position;
        if (position == text.length()) {
            word = END;
            return;
        }
        if (SPECIAL.indexOf(text.charAt(position)) >= 0) {
            position += text.startsWith("!=", position) || text.startsWith("==", position) ? 2 : 1;
        } else {
            while (position < text.length() && (SPECIAL + SPACE).indexOf(text.charAt(position)) < 0) {
                position++;
            }
        }
        word = text.substring(start, position);
    }

    private boolean isName() {
        return !word.equals(END) && SPECIAL.indexOf(word.charAt(0)) < 0;
    }

    private LabelRequirement requirement() {
        if (word.equals("!")) {
            next();
            return new LabelRequirement.Missing(key());
        }
        String key = key();
        String operator = word;
        return switch (operator) {
            case END, "," -> new LabelRequirement.Exists(key);
            case "=", "==" -> new LabelRequirement.Equal(key, exactValue());
            case "!=" -> new LabelRequirement.NotEqual(key, exactValue());
            case ">" -> new LabelRequirement.Above(key, number());
            case "<" -> new LabelRequirement.Below(key, number());
            case "in" -> new LabelRequirement.In(key, values());
            case "notin" -> new LabelRequirement.NotIn(key, values());
            default -> throw unexpected("an operator: in, notin, =, ==, !=, <, >");
        };
    }

    private String key() {
        if (!isName()) {
            throw unexpected("a label key");
        }
        String key = word;
        next();
        return key;
    }

    /** The value after an operator; it may be missing, which is the empty value. */
    private String exactValue() {
        next();
        if (!isName()) {
            if (word.equals(END) || word.equals(",")) {
                return "";
            }
            throw unexpected("a value");
        }
        String value = word;
        next();
        return value;
    }

    private long number() {
        String value = exactValue();
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("unable to parse requirement: '" + value + "' is no integer, as '<' and '>' "
                    + "need one");
        }
    }

    private List<String> values() {
        next();
        if (!word.equals("(")) {
            throw unexpected("'('");
        }
        next();
        List<String> values = new ArrayList<>();
        if (!word.equals(")")) {
            values.add(listedValue());
            while (word.equals(",")) {
                next();
                values.add(listedValue());
            }
        }
        if (!word.equals(")")) {
            throw unexpected("',' or ')'");
        }
        next();
        return values;
    }

    private String listedValue() {
        if (word.equals(",") || word.equals(")")) {
            return "";
        }
        return key();
    }

    private ApiException unexpected(String wanted) {
        return ApiException.badRequest("unable to parse requirement: found '" + word + "', expected: " + wanted);
    }
}
