package dev.longshore.api.envelope;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.longshore.api.ApiException;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.json.Canonical;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.runtime.Unknown;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An object as Kubernetes puts it into protobuf: the bytes {@code k8s\0}, then an {@link Unknown} that names the type
 * and
 * carries the object's own encoding. Requests, answers and values in etcd have this form.
 */
public final class ProtobufEnvelope {
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    /** Messages within each other: what was taken as JSON must be readable from the store. */
    public static final int MAX_DEPTH = JsonCodec.MAX_MESSAGE_DEPTH;

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private ProtobufEnvelope() {
    }

    /**
     * An envelope that was opened, its content still encoded.
     *
     * @param raw the encoding of the object
     */
    public record Opened(TypeMeta type, ByteString raw) {
        /**
         * The object in {@link Canonical} form. Fails with ApiException, reason BadRequest, for bytes that are no such
         * message.
         */
        @SuppressWarnings("unchecked")
        public <T extends Message> T decode(T prototype) {
            try {
                CodedInputStream in = raw.newCodedInput();
                in.setRecursionLimit(MAX_DEPTH);
                T object = (T) prototype.newBuilderForType().mergeFrom(in).build();
                in.checkLastTagWas(0);
                return Canonical.normalise(object, raw);
            } catch (IOException e) {
                throw ApiException.badRequest("the body is no protobuf encoding of a " + type.kind() + ": "
                        + e.getMessage());
            } catch (DecodeException e) {
                throw e.refusal(type);
            }
        }
    }

    /** Whether {@code bytes} begin like an envelope. */
    public static boolean isEnvelope(byte[] bytes) {
        if (bytes.length < MAGIC.length) {
            return false;
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /** The envelope of {@code object} under the type that {@link TypeMeta#of(Message)} gives it. */
    public static byte[] encode(Message object) {
        return encode(TypeMeta.of(object), object);
    }

    public static byte[] encode(TypeMeta type, Message object) {
        Unknown head = Unknown.newBuilder().setTypeMeta(dev.longshore.api.runtime.TypeMeta.newBuilder()
                .setApiVersion(type.apiVersion()).setKind(type.kind())).build();
        int objectSize = object.getSerializedSize();
        int size = MAGIC.length + head.getSerializedSize()
                + CodedOutputStream.computeTagSize(Unknown.RAW_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(objectSize) + objectSize;
        byte[] bytes = new byte[size];
        System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, MAGIC.length, size - MAGIC.length);
        try {
            head.writeTo(out);
            out.writeTag(Unknown.RAW_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(objectSize);
            object.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
        return bytes;
    }

    /** Fails with ApiException, reason BadRequest, for bytes that are no envelope. */
    public static Opened open(byte[] bytes) {
        if (!isEnvelope(bytes)) {
            throw ApiException
                    .badRequest("the body does not start with the four bytes of a Kubernetes protobuf envelope");
        }
        try {
            Unknown unknown = Unknown.parseFrom(
                    UnsafeByteOperations.unsafeWrap(bytes, MAGIC.length, bytes.length - MAGIC.length).newCodedInput());
            if (!unknown.getContentEncoding().isEmpty()) {
                throw ApiException.badRequest("content encoding \"" + unknown.getContentEncoding()
                        + "\" within a protobuf envelope is not supported");
            }
            TypeMeta type = new TypeMeta(unknown.getTypeMeta().getApiVersion(), unknown.getTypeMeta().getKind());
            return new Opened(type, unknown.getRaw());
        } catch (IOException e) {
            throw ApiException.badRequest("the protobuf envelope is broken: " + e.getMessage());
        }
    }

    /** {@link #open} and {@link Opened#decode} in one step, whatever type the envelope names. */
    public static <T extends Message> T decode(byte[] bytes, T prototype) {
        return open(bytes).decode(prototype);
    }
}
