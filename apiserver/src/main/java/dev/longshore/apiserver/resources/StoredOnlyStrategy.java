package dev.longshore.apiserver.resources;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import java.util.List;

/** A kind that is kept and shown while no controller acts on it yet; every write is answered with a warning. */
public final class StoredOnlyStrategy<T extends Message> extends GenericStrategy<T> {
    public StoredOnlyStrategy(ResourceType<T> type) {
        super(type);
    }

    @Override
    public List<String> warnings(T object) {
        return List.of(type().kind() + " is stored but nothing acts on it yet");
    }
}
