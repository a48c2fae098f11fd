package dev.longshore.apiserver.allocation;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.apiserver.store.Store;
import dev.longshore.common.time.Environment;
import java.util.Optional;

/** Gives Services their cluster IPs and node ports. */
public final class ServiceAllocator {
    public ServiceAllocator(Store store, ClusterConfig config, Environment environment) {
    }

    /** An object with its addresses; {@link #finish} must follow. */
    public record Assignment<T extends Message>(T object) {
        /** @param written whether the object was stored; if not, what was taken for it is given back */
        public void finish(boolean written) {
        }
    }

    public <T extends Message> T preview(ResourceType<T> type, T object) {
        return object;
    }

    public <T extends Message> Assignment<T> assign(ResourceType<T> type, T object, Optional<T> stored) {
        return new Assignment<>(object);
    }

    public <T extends Message> void release(ResourceType<T> type, T object) {
    }
}
