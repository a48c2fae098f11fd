package dev.longshore.apiserver.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.apiserver.store.EmbeddedStore;
import dev.longshore.apiserver.store.EtcdConfig;
import dev.longshore.apiserver.store.EtcdProcess;
import dev.longshore.apiserver.store.EtcdStore;
import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.WriteResult;
import dev.longshore.common.time.SystemEnvironment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache over the real stores with concurrent writers, readers and watchers. */
class WatchCacheThreadsTest {
    private static final int WRITERS = 4;
    private static final int WRITES = 60;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final SystemEnvironment system = new SystemEnvironment();

    @Test
    void overTheEmbeddedStore() throws Exception {
        try (system; Store store = EmbeddedStore.open(directory, system.environment(), (component, cause) -> {
            throw new AssertionError(component, cause);
        })) {
            neitherStaleNorIncomplete(store);
        }
    }

    @Test
    void overEtcd() throws Exception {
        try (system;
                EtcdProcess etcd = EtcdProcess.start(directory);
                Store store = new EtcdStore(new EtcdConfig(List.of(etcd.endpoint()), "", Optional.empty()),
                        system.environment())) {
            store.ping().join();
            neitherStaleNorIncomplete(store);
        }
    }

    /** Each writer finds its write in the list it asks for right after; each watcher ends with the store's state. */
    private void neitherStaleNorIncomplete(Store store) {
        try (WatchCache<String> cache = new WatchCache<>(store, new CacheConfig("things", "/p/", CacheLimits.DEFAULT),
                new TextDecoder(), system.environment(), new SimpleMeterRegistry())) {
            cache.start();
            long begin = cache.await(new Freshness.Newest()).join();
            List<WatcherProbe> probes = List.of(WatcherProbe.quick(), WatcherProbe.quick(), WatcherProbe.quick());
            probes.forEach(probe -> cache.watch("/p/", begin, probe));
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "/p/" + writer;
                writers.add(CompletableFuture.runAsync(() -> writeAndList(store, cache, name),
                        system.environment().tasks()));
            }
            writers.forEach(CompletableFuture::join);

            for (WatcherProbe probe : probes) {
                Awaitility.await().atMost(LIMIT).until(() -> probe.events().size() == WRITERS * WRITES);
                assertThat(probe.end()).isEmpty();
                assertThat(probe.replica()).hasSize(WRITERS).allMatch(text -> text.endsWith("=" + (WRITES - 1)));
            }
        }
    }

    private static void writeAndList(Store store, WatchCache<String> cache, String key) {
        for (int i = 0; i < WRITES; i++) {
            byte[] value = ("" + i).getBytes(UTF_8);
            WriteResult result = store.put(key, value, OptionalLong.empty(), Optional.empty()).join();
            assertThat(result).isInstanceOf(WriteResult.Written.class);
            List<Cached<String>> listed = cache.list("/p/", new Freshness.Newest()).join().objects();
            assertThat(listed).extracting(Cached::value).contains(key + "=" + i);
            store.put("/q" + key, new byte[0], OptionalLong.empty(), Optional.empty()).join();
            assertThat(cache.list(key, new Freshness.Newest()).join().objects()).hasSize(1);
        }
    }
}
