package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.apiserver.auth.User;

/**
 * A write, as admission sees it.
 *
 * @param key         the name is "" while a generated one is not known
 * @param subresource "" for the object itself
 */
public record AdmissionRequest(ResourceType<? extends Message> type, ObjectKey key, Operation operation,
        String subresource, User user) {
    /** What the request does. */
    public enum Operation {
        CREATE, UPDATE, DELETE
    }

    public boolean creates(ResourceType<?> resource) {
        return operation == Operation.CREATE && subresource.isEmpty() && type == resource;
    }

    /** A creation or an update of the object itself. */
    public boolean writes(ResourceType<?> resource) {
        return operation != Operation.DELETE && subresource.isEmpty() && type == resource;
    }
}
