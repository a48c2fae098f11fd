package dev.longshore.api;

import com.google.protobuf.Message;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The metadata of the objects of one message class, by the methods that were generated for it: every read and write
 * of an object asks for it several times, and protobuf's own access by descriptor goes by reflection.
 */
final class MetadataAccess {
    private final MethodHandle getter;
    private final MethodHandle setter;

    /** Fails with IllegalArgumentException for a message without metadata. */
    MetadataAccess(Message prototype) {
        Class<?> message = prototype.getClass();
        Class<?> builder = prototype.newBuilderForType().getClass();
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            getter = lookup.findVirtual(message, "getMetadata", MethodType.methodType(ObjectMeta.class))
                    .asType(MethodType.methodType(ObjectMeta.class, Message.class));
            setter = lookup.findVirtual(builder, "setMetadata", MethodType.methodType(builder, ObjectMeta.class))
                    .asType(MethodType.methodType(void.class, Message.Builder.class, ObjectMeta.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no metadata in " + message, e);
        }
    }

    ObjectMeta get(Message object) {
        try {
            return (ObjectMeta) getter.invokeExact(object);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    void set(Message.Builder object, ObjectMeta meta) {
        try {
            setter.invokeExact(object, meta);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalStateException(thrown);
        };
    }
}
