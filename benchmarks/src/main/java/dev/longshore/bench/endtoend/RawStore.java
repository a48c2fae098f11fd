package dev.longshore.bench.endtoend;

import dev.longshore.apiserver.store.EtcdConfig;
import dev.longshore.apiserver.store.EtcdStore;
import dev.longshore.apiserver.store.Store;
import dev.longshore.common.time.Environment;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** What the same etcd does when nothing but it is asked: new keys of 1 KiB, 100 in a transaction. */
record RawStore(URI etcd, Environment environment) {
    private static final int VALUE_BYTES = 1_024;
    private static final int TRANSACTION_PUTS = 100;
    private static final long WARM_UP_NANOS = 2_000_000_000L;
    private static final long NANOS = 2_000_000_000L;

    double putsPerSecond() throws SSLException, InterruptedException, ExecutionException {
        try (EtcdStore store = new EtcdStore(new EtcdConfig(List.of(etcd), "/reference", Optional.empty()),
                environment)) {
            long warm = put(store, 0, WARM_UP_NANOS);
            long begun = environment.clock().nanos();
            long puts = put(store, warm, NANOS);
            return puts * 1e9 / (environment.clock().nanos() - begun);
        }
    }

    private long put(EtcdStore store, long first, long nanos) throws InterruptedException, ExecutionException {
        long begun = environment.clock().nanos();
        byte[] value = new byte[VALUE_BYTES];
        long puts = 0;
        while (environment.clock().nanos() - begun < nanos) {
            List<Store.Put> batch = new ArrayList<>();
            for (int i = 0; i < TRANSACTION_PUTS; i++) {
                batch.add(new Store.Put("/k" + (first + puts + i), value, 0));
            }
            for (CompletableFuture<?> answer : store.putEach(batch)) {
                answer.get();
            }
            puts += TRANSACTION_PUTS;
        }
        return puts;
    }
}
