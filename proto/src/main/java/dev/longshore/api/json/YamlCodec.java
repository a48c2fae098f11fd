package dev.longshore.api.json;

import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import java.util.List;

/**
 * Messages of the API from YAML and to YAML. YAML is turned into JSON as it is parsed and then read like JSON, so
 * unknown and duplicate fields are reported in the same words. YAML 1.2 rules: {@code yes} and {@code on} are strings.
 * Merge keys ({@code <<}) are refused.
 */
public final class YamlCodec {
    /** References of one text to earlier parts of it. */
    public static final int MAX_ALIASES = 100;
    /** Values, keys and brackets of one text after its references are followed. */
    public static final int MAX_EXPANDED_NODES = 500_000;
    /** Characters of one text after its references are followed. */
    public static final int MAX_EXPANDED_CHARACTERS = 4 * JsonCodec.MAX_STRING_LENGTH;

    private YamlCodec() {
    }

    /** Reads a text of one document. Fails with DecodeException for text that cannot be a {@code T}. */
    public static <T extends Message> Decoded<T> read(byte[] yaml, T prototype) {
        return JsonCodec.read(toJson(yaml), prototype);
    }

    /** As {@link JsonCodec#peek}. */
    public static TypeMeta peek(byte[] yaml) {
        return JsonCodec.peek(toJson(yaml));
    }

    /** The single document of the text as JSON. Fails with DecodeException. */
    public static byte[] toJson(byte[] yaml) {
        List<byte[]> documents = toJsonDocuments(yaml);
        if (documents.size() != 1) {
            throw new DecodeException("", "the text must be one YAML document, not " + documents.size());
        }
        return documents.getFirst();
    }

    /** Each document of the text as JSON, in order; those without content are left out. Fails with DecodeException. */
    public static List<byte[]> toJsonDocuments(byte[] yaml) {
        return new YamlToJson().convert(yaml);
    }

    /** The object as YAML in UTF-8, with the type that {@link TypeMeta#of(Message)} gives it. */
    public static byte[] write(Message object) {
        return write(TypeMeta.of(object), object);
    }

    public static byte[] write(TypeMeta type, Message object) {
        return fromJson(JsonCodec.write(type, object));
    }

    /** JSON that this package wrote, as YAML in block style. */
    public static byte[] fromJson(byte[] json) {
        return new JsonToYaml().convert(json);
    }
}
