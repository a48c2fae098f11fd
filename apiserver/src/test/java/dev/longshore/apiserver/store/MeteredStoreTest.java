package dev.longshore.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.common.time.SystemEnvironment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MeteredStoreTest extends StoreContract {
    @Override
    protected Store open() {
        return new MeteredStore(new InMemoryStore(system.environment()), system.environment().clock(),
                new SimpleMeterRegistry());
    }

    @Test
    void callsAndErrorsAreCountedByOperation() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (SystemEnvironment world = new SystemEnvironment();
                Store store = new MeteredStore(
                        new InMemoryStore(world.environment()), world.environment().clock(), meters)) {
            store.get("/a").join();
            store.put("/a", new byte[Store.MAX_VALUE_BYTES + 1], OptionalLong.empty(), Optional.empty());
        }

        assertThat(meters.get("etcd_request_duration_seconds").tag("operation", "get").timer().count()).isEqualTo(1);
        assertThat(meters.get("etcd_request_errors_total").tag("operation", "put").counter().count()).isEqualTo(1);
        assertThat(meters.get("etcd_request_errors_total").tag("operation", "get").counter().count()).isZero();
    }
}
