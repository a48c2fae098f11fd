package dev.longshore.apiserver.resources;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import java.util.List;

/**
 * A kind about storage that the scheduler goes by, while no controller binds claims or makes volumes yet; every write
 * is answered with a warning.
 */
public final class PlacementOnlyStrategy<T extends Message> extends GenericStrategy<T> {
    public PlacementOnlyStrategy(ResourceType<T> type) {
        super(type);
    }

    @Override
    public List<String> warnings(T object) {
        return List.of(type().kind()
                + " is considered when pods are placed, but nothing binds claims or makes volumes yet");
    }
}
