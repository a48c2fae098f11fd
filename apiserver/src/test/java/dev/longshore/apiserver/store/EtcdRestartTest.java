package dev.longshore.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.common.time.SystemEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users of an {@link EtcdStore} see while etcd is killed under them. */
class EtcdRestartTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = 3;
    private static final int WRITES_BETWEEN_KILLS = 200;

    @TempDir
    private Path directory;

    @Test
    void watchesLoseAndRepeatNothingAndAcknowledgedWritesStay() throws Exception {
        try (SystemEnvironment system = new SystemEnvironment();
                EtcdProcess etcd = EtcdProcess.start(directory);
                Store store = new EtcdStore(new EtcdConfig(List.of(etcd.endpoint()), "", Optional.empty()),
                        system.environment())) {
            store.ping().join();
            WatchRecorder recorder = new WatchRecorder();
            List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
            AtomicInteger written = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            try (StoreWatch watch = store.watch("/load/", 2, recorder)) {
                Thread writer = Thread.startVirtualThread(() -> writeUntil(stop, store, acknowledged, written));
                for (int kill = 0; kill < KILLS; kill++) {
                    int before = written.get();
                    Awaitility.await().atMost(LIMIT).until(() -> written.get() >= before + WRITES_BETWEEN_KILLS);
                    etcd.kill();
                    etcd.start();
                }
                int before = written.get();
                Awaitility.await().atMost(LIMIT).until(() -> written.get() >= before + WRITES_BETWEEN_KILLS);
                stop.set(true);
                writer.join();
                long newest = store.revision().join();
                watch.requestProgress();
                Awaitility.await().atMost(LIMIT).until(() -> recorder.progress() >= newest);
            }

            assertThat(recorder.violations()).isEmpty();
            List<Long> seen = recorder.events().stream().map(StoreEvent::revision).toList();
            assertThat(seen).doesNotHaveDuplicates().containsAll(acknowledged);
            List<StoredValue> stored = store.range("/load/", "", 0, 0).join().values();
            assertThat(stored.stream().map(StoredValue::modRevision).sorted().toList()).isEqualTo(seen);
        }
    }

    private static void writeUntil(AtomicBoolean stop, Store store, List<Long> acknowledged, AtomicInteger written) {
        for (int i = 0; !stop.get(); i++) {
            try {
                WriteResult result = store.put("/load/" + i, ("" + i).getBytes(UTF_8), OptionalLong.of(0),
                        Optional.empty()).join();
                acknowledged.add(((WriteResult.Written) result).revision());
                written.incrementAndGet();
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(StoreException.class);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aStoreThatNeverAnsweredIsUnavailableAndNotUnknown() throws Exception {
        try (SystemEnvironment system = new SystemEnvironment();
                EtcdProcess etcd = EtcdProcess.start(directory);
                Store store = new EtcdStore(new EtcdConfig(List.of(etcd.endpoint()), "", Optional.empty()),
                        system.environment())) {
            store.ping().join();
            etcd.kill();
            Awaitility.await().atMost(LIMIT).until(() -> kindOfFailedWrite(store) == StoreException.Kind.UNAVAILABLE);
        }
    }

    private static StoreException.Kind kindOfFailedWrite(Store store) {
        try {
            store.put("/a", new byte[0], OptionalLong.empty(), Optional.empty()).join();
            throw new AssertionError("a write succeeded without etcd");
        } catch (CompletionException e) {
            return ((StoreException) e.getCause()).kind();
        }
    }
}
