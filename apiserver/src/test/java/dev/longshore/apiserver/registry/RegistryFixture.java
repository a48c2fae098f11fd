package dev.longshore.apiserver.registry;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.inprocess.LocalApiClient;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.apiserver.store.InMemoryStore;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A registry over a store in memory, with a clock that the test moves and random numbers from a fixed seed. */
public final class RegistryFixture {
    private static final long SEED = 7;

    private final SimulatedTime time = new SimulatedTime(SEED, Instant.parse("2026-11-20T12:00:00Z"));
    public final List<String> warnings = new ArrayList<>();
    public final Environment environment = time.inlineEnvironment();
    public final InMemoryStore store = new InMemoryStore(environment);
    public final StoreRegistry registry = new StoreRegistry(store, ClusterConfig.standard(), environment);
    public final User user = new User("admin", "1", List.of("system:masters", "system:authenticated"));
    public final LocalApiClient client = new LocalApiClient(registry, user);

    /** With the namespace {@code default}. */
    public RegistryFixture() {
        client.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
    }

    public WriteContext writing(boolean dryRun, boolean strict) {
        return new WriteContext(user, "test", dryRun, strict, warnings::add);
    }

    public ReadContext reading() {
        return new ReadContext(user);
    }

    public void advance(Duration step) {
        time.advance(step);
    }
}
