package dev.longshore.apiserver.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The encoded forms of one event, shared by all watchers of it: whoever needs a form first makes it.
 */
public final class SharedEncoding {
    private final Map<String, byte[]> forms = new ConcurrentHashMap<>();

    /** The bytes of this form ("json", "protobuf", "table"); never modified. */
    public byte[] get(String form, Supplier<byte[]> encoder) {
        return forms.computeIfAbsent(form, _ -> encoder.get());
    }
}
