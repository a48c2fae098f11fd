package dev.longshore.apiserver.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdStoreTest extends StoreContract {
    @TempDir
    private static Path directory;

    private static EtcdProcess etcd;

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = EtcdProcess.start(directory);
    }

    @AfterAll
    static void stopEtcd() throws Exception {
        if (etcd != null) {
            etcd.close();
        }
    }

    @Test
    void callsAtTheSameTimeShareTransactions() throws Exception {
        try (Store shared = open()) {
            long before = shared.revision().join();
            List<CompletableFuture<WriteResult>> answers = IntStream.range(0, 640)
                    .mapToObj(i -> shared.putEach(List.of(new Store.Put("/shared/" + i, new byte[]{1}, 0))).getFirst())
                    .toList();
            answers.forEach(CompletableFuture::join);
            // Each transaction has one revision: the first takes what came first, the others up to 128 each.
            assertThat(shared.revision().join() - before).isBetween(5L, 64L);
        }
    }

    @Override
    protected Store open() throws Exception {
        return new EtcdStore(new EtcdConfig(List.of(etcd.endpoint()), "/prefix", Optional.empty()),
                system.environment());
    }
}
