package dev.longshore.controllers.garbage;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;

/** One object among all resources. */
public record ObjectId(ResourceType<?> type, ObjectKey key) {
    @Override
    public String toString() {
        return type.qualifiedName() + " " + key;
    }
}
