package dev.longshore.apiserver.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    @Override
    protected Store open() throws Exception {
        return new EtcdStore(new EtcdConfig(List.of(etcd.endpoint()), "/prefix", Optional.empty()),
                system.environment());
    }
}
