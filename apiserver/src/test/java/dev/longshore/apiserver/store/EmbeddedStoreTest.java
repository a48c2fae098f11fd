package dev.longshore.apiserver.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest extends StoreContract {
    @TempDir
    private Path directory;

    @Override
    protected Store open() throws Exception {
        return EmbeddedStore.open(directory, system.environment(), (component, cause) -> {
            throw new AssertionError(component, cause);
        });
    }
}
