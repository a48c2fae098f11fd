package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Writes JSON as YAML in block style; strings that could be read as something else stand in double quotes. */
final class JsonToYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_/][A-Za-z0-9_./@+-]*");
    /** Words that older YAML readers take for booleans. */
    private static final Pattern OLD_BOOLEAN = Pattern.compile("(?i)y|n|yes|no|on|off");
    private static final Pattern OLD_NUMBER = Pattern.compile("[0-9][0-9_.:eE+-]*");
    private static final Pattern SPECIAL_TO_YAML = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff]");

    private final StringBuilder out = new StringBuilder();

    byte[] convert(byte[] text) {
        try (JsonParser json = JsonCodec.parser(text)) {
            json.nextToken();
            writeValue(json, 0, "");
        } catch (IOException e) {
            throw new UncheckedIOException("JSON that was to become YAML", e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param lead what stands between the text so far and a value on the same line */
    private void writeValue(JsonParser json, int indent, String lead) throws IOException {
        switch (json.currentToken()) {
            case START_OBJECT -> writeObject(json, indent, lead);
            case START_ARRAY -> writeArray(json, indent, lead);
            case VALUE_STRING -> line(lead + string(json.getText()));
            default -> line(lead + json.getText());
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void writeObject(JsonParser json, int indent, String lead) throws IOException {
        String name = json.nextFieldName();
        if (name == null) {
            line(lead + "{}");
            return;
        }
        boolean sameLine = breakUnlessInList(lead);
        while (name != null) {
            if (!sameLine) {
                out.append(" ".repeat(indent));
            }
            sameLine = false;
            out.append(string(name)).append(':');
            json.nextToken();
            writeValue(json, json.currentToken() == JsonToken.START_ARRAY ? indent : indent + 2, " ");
            name = json.nextFieldName();
        }
    }

    private void writeArray(JsonParser json, int indent, String lead) throws IOException {
        if (json.nextToken() == JsonToken.END_ARRAY) {
            line(lead + "[]");
            return;
        }
        boolean sameLine = breakUnlessInList(lead);
        while (json.currentToken() != JsonToken.END_ARRAY) {
            if (!sameLine) {
                out.append(" ".repeat(indent));
            }
            sameLine = false;
            out.append('-');
            writeValue(json, indent + 2, " ");
            json.nextToken();
        }
    }

    /** After "- " a collection goes on in the same line. */
    private boolean breakUnlessInList(String lead) {
        if (!lead.isEmpty() && !out.isEmpty() && out.charAt(out.length() - 1) == '-') {
            out.append(lead);
            return true;
        }
        if (!out.isEmpty()) {
            out.append('\n');
        }
        return false;
    }

    private static String string(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !YamlScalars.looksTyped(text)
                && !OLD_BOOLEAN.matcher(text).matches() && !OLD_NUMBER.matcher(text).matches();
        return plain ? text : '"' + escapeBreaks(new String(JsonStringEncoder.getInstance().quoteAsString(text))) + '"';
    }

    /** Characters that YAML takes for line breaks or refuses, and JSON does not escape. */
    private static String escapeBreaks(String text) {
        return SPECIAL_TO_YAML.matcher(text).replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}
