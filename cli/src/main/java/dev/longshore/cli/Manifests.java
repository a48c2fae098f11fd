package dev.longshore.cli;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.Decoded;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.json.YamlCodec;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads objects of the API from a file of YAML documents or JSON. */
final class Manifests {
    private static final Path STANDARD_INPUT = Path.of("-");

    private Manifests() {
    }

    /**
     * @param namespace for objects that need one and name none
     * @throws CommandFailure when the file cannot be read, or holds something else than known objects
     */
    static List<Message> read(Path file, String namespace) {
        List<Message> objects = new ArrayList<>();
        try {
            for (byte[] document : YamlCodec.toJsonDocuments(bytes(file))) {
                objects.add(object(document, namespace, file));
            }
        } catch (DecodeException e) {
            throw new CommandFailure(file + ": " + e.getMessage());
        }
        if (objects.isEmpty()) {
            throw new CommandFailure(file + ": there is no object in it");
        }
        return objects;
    }

    private static byte[] bytes(Path file) {
        try {
            return file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + file + ": " + e);
        }
    }

    private static Message object(byte[] document, String namespace, Path file) {
        TypeMeta named = JsonCodec.peek(document);
        if (named.apiVersion().isEmpty() || named.kind().isEmpty()) {
            throw new CommandFailure(file + ": an object lacks apiVersion or kind");
        }
        ResourceType<?> type = ResourceTypes.ofKind(named.apiVersion(), named.kind()).orElseThrow(
                () -> new CommandFailure(file + ": there is no kind " + named.kind() + " in " + named.apiVersion()));
        return typed(type, document, namespace, file);
    }

    private static <T extends Message> T typed(ResourceType<T> type, byte[] document, String namespace,
            Path file) {
        Decoded<T> decoded = JsonCodec.read(document, type.prototype());
        if (!decoded.problems().isEmpty()) {
            throw new CommandFailure(file + ": " + type.kind() + ": " + String.join(", ", decoded.problems()));
        }
        ObjectMeta meta = type.meta(decoded.object());
        return type.namespaced() && meta.getNamespace().isEmpty()
                ? type.withMeta(decoded.object(), meta.toBuilder().setNamespace(namespace).build())
                : decoded.object();
    }
}
