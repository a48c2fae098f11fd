package dev.longshore.apiserver.resources;

import com.google.protobuf.Message;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;

/** Checks the metadata of every kind. */
public final class MetadataRules {
    private MetadataRules() {
    }

    public static <T extends Message> List<StatusCause> validate(ResourceStrategy<T> strategy, T object) {
        ObjectMeta meta = strategy.type().meta(object);
        Causes causes = new Causes();
        if (meta.getName().isEmpty()) {
            causes.required("metadata.name", "name or generateName is required");
        }
        return causes.list();
    }

    public static <T extends Message> List<StatusCause> validateUpdate(ResourceStrategy<T> strategy, T object,
            T stored) {
        return validate(strategy, object);
    }
}
