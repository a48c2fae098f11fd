package dev.longshore.scheduler.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.json.YamlCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the text of a configuration, YAML or JSON. */
final class TreeReader {
    private static final Pattern JSON_START = Pattern.compile("\\s*\\{\\s*[\"}]");

    private TreeReader() {
    }

    /** The one document of the text. A name given twice in one object is refused. */
    static Field read(byte[] text) {
        try (JsonParser json = JsonCodec.parser(isJson(text) ? text : YamlCodec.toJson(text))) {
            json.nextToken();
            Tree tree = value("", json);
            if (json.nextToken() != null) {
                throw new ConfigurationException("", "there is more behind the end of the JSON object");
            }
            return new Field("", tree);
        } catch (DecodeException e) {
            throw new ConfigurationException("", e.getMessage());
        } catch (JsonProcessingException e) {
            throw new ConfigurationException("", "the text is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** YAML may begin with a bracket, too, but then seldom with a quoted name in it. */
    private static boolean isJson(byte[] text) {
        return JSON_START.matcher(new String(text, StandardCharsets.UTF_8)).lookingAt();
    }

    private static Tree value(String path, JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> fields(path, json);
            case START_ARRAY -> items(path, json);
            case VALUE_STRING -> new Tree.Text(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Number(json.getText());
            case VALUE_TRUE -> new Tree.Truth(true);
            case VALUE_FALSE -> new Tree.Truth(false);
            case VALUE_NULL -> new Tree.Nothing();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value starts with " + json.currentToken());
        };
    }

    private static Tree fields(String path, JsonParser json) throws IOException {
        Map<String, Tree> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            String inside = Field.below(path, name);
            json.nextToken();
            if (fields.put(name, value(inside, json)) != null) {
                throw new ConfigurationException(inside, "is given twice");
            }
        }
        return new Tree.Fields(fields);
    }

    private static Tree items(String path, JsonParser json) throws IOException {
        List<Tree> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(path + "[" + items.size() + "]", json));
        }
        return new Tree.Items(items);
    }
}
