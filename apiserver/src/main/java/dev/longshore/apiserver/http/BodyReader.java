package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.envelope.ProtobufEnvelope;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.Decoded;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.json.YamlCodec;
import java.util.List;

/** Reads the object in a request's body. */
final class BodyReader {
    private BodyReader() {
    }

    /** How unknown and duplicate fields are treated (Kubernetes API, fieldValidation). */
    enum Validation {
        IGNORE, WARN, STRICT;

        static Validation of(QueryParameters query) {
            return switch (query.first("fieldValidation")) {
                case "", "Warn" -> WARN;
                case "Strict" -> STRICT;
                case "Ignore" -> IGNORE;
                default -> throw ApiException.badRequest("fieldValidation must be one of Ignore, Warn, Strict, not \""
                        + query.first("fieldValidation") + "\"");
            };
        }
    }

    /** The format of the body; missing means JSON. Fails with UNSUPPORTED_MEDIA_TYPE. */
    static BodyFormat format(Exchange exchange) {
        String header = exchange.header("Content-Type");
        if (header.isEmpty()) {
            return BodyFormat.JSON;
        }
        return BodyFormat.of(MediaRange.parse(header).type())
                .orElseThrow(() -> unsupported("application/json, application/yaml, " + ProtobufEnvelope.MEDIA_TYPE));
    }

    static ApiException unsupported(String accepted) {
        return ApiException.of(Reason.UNSUPPORTED_MEDIA_TYPE,
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    /**
     * The object, which must be of {@code type} or not say what it is. Fails with BAD_REQUEST for anything that
     * cannot be read, naming the field.
     */
    static <T extends Message> T read(Exchange exchange, T prototype, TypeMeta type, Warnings warnings) {
        Validation validation = Validation.of(exchange.query());
        byte[] body = exchange.body();
        return switch (format(exchange)) {
            case PROTOBUF -> {
                ProtobufEnvelope.Opened opened = ProtobufEnvelope.open(body);
                requireType(opened.type(), type);
                yield opened.decode(prototype);
            }
            case JSON -> text(() -> JsonCodec.read(body, prototype), type, validation, warnings);
            case YAML -> text(() -> YamlCodec.read(body, prototype), type, validation, warnings);
        };
    }

    private interface Reading<T extends Message> {
        Decoded<T> read();
    }

    private static <T extends Message> T text(Reading<T> reading, TypeMeta type, Validation validation,
            Warnings warnings) {
        try {
            Decoded<T> decoded = reading.read();
            requireType(decoded.type(), type);
            report(decoded.problems(), type, validation, warnings);
            return decoded.object();
        } catch (DecodeException e) {
            throw e.refusal(type);
        }
    }

    private static void report(List<String> problems, TypeMeta type, Validation validation, Warnings warnings) {
        switch (validation) {
            case IGNORE -> {
            }
            case WARN -> problems.forEach(warnings::add);
            case STRICT -> {
                if (!problems.isEmpty()) {
                    throw ApiException.badRequest(type.kind() + " in version \"" + type.version()
                            + "\" cannot be handled as a " + type.kind() + ": strict decoding error: "
                            + String.join(", ", problems));
                }
            }
        }
    }

    private static void requireType(TypeMeta found, TypeMeta wanted) {
        boolean kind = found.kind().isEmpty() || found.kind().equals(wanted.kind());
        boolean version = found.apiVersion().isEmpty() || found.apiVersion().equals(wanted.apiVersion());
        if (!kind || !version) {
            throw ApiException.badRequest("the object in the body is a " + found.kind() + " in version \""
                    + found.apiVersion() + "\", but this path takes a " + wanted.kind() + " in version \""
                    + wanted.apiVersion() + "\"");
        }
    }
}
