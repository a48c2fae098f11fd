package dev.longshore.apiserver.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.runtime.TypeMeta;
import dev.longshore.api.runtime.Unknown;
import dev.longshore.apiserver.store.StoreException;
import dev.longshore.apiserver.store.StoredValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Objects as store values: the protobuf envelope of the Kubernetes API around the object without its resourceVersion,
 * which is the revision of the key.
 */
final class ObjectCodec {
    private static final byte[] MAGIC = "k8s\0".getBytes(StandardCharsets.ISO_8859_1);

    private ObjectCodec() {
    }

    static <T extends Message> byte[] encode(ResourceType<T> type, T object) {
        ByteString raw = withVersion(type, object, "").toByteString();
        byte[] body = Unknown.newBuilder()
                .setTypeMeta(TypeMeta.newBuilder().setApiVersion(type.apiVersion()).setKind(type.kind()))
                .setRaw(raw).setContentEncoding("").setContentType("").build().toByteArray();
        byte[] value = Arrays.copyOf(MAGIC, MAGIC.length + body.length);
        System.arraycopy(body, 0, value, MAGIC.length, body.length);
        return value;
    }

    /** Fails with StoreException for a value that is no object of this type. */
    static <T extends Message> T decode(ResourceType<T> type, StoredValue value) {
        return decode(type, value, value.modRevision());
    }

    /** As {@link #decode(ResourceType, StoredValue)}, but with {@code revision} as version. */
    static <T extends Message> T decode(ResourceType<T> type, StoredValue value, long revision) {
        byte[] bytes = value.value();
        if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw corrupt(value);
        }
        try {
            Unknown envelope = Unknown.parser().parseFrom(bytes, MAGIC.length, bytes.length - MAGIC.length);
            T object = type.cast(type.prototype().getParserForType().parseFrom(envelope.getRaw()));
            return withVersion(type, object, Long.toString(revision));
        } catch (InvalidProtocolBufferException _) {
            throw corrupt(value);
        }
    }

    private static StoreException corrupt(StoredValue value) {
        return new StoreException(StoreException.Kind.UNAVAILABLE, "the value of " + value.key() + " is no object");
    }

    /** The object with this resourceVersion; "" for none. */
    static <T extends Message> T withVersion(ResourceType<T> type, T object, String version) {
        ObjectMeta meta = type.meta(object);
        if (meta.getResourceVersion().equals(version)) {
            return object;
        }
        ObjectMeta.Builder changed = meta.toBuilder();
        if (version.isEmpty()) {
            changed.clearResourceVersion();
        } else {
            changed.setResourceVersion(version);
        }
        return type.withMeta(object, changed.build());
    }
}
