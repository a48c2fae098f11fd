package dev.longshore.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceTypes;
import dev.longshore.client.ApiClient;
import dev.longshore.client.ApiClientContract;
import dev.longshore.client.Patch;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over a server, and what only a server does. */
abstract class ServedApiClientContract extends ApiClientContract {
    @TempDir
    private Path directory;
    ApiServerFixture fixture;
    private ApiClient client;

    /** A client of the fixture's administrator. */
    abstract ApiClient client() throws Exception;

    @Override
    protected final ApiClient open() throws Exception {
        fixture = new ApiServerFixture(directory);
        client = client();
        return client;
    }

    @AfterEach
    void stop() throws InterruptedException {
        fixture.close();
    }

    @Test
    void aPatchChangesWhatItNames() {
        client.create(ResourceTypes.CONFIG_MAPS, configMap("a"));
        assertThat(client.patch(ResourceTypes.CONFIG_MAPS, KEY, Patch.merge("{\"data\":{\"k\":\"4\"}}")).getDataMap())
                .containsEntry("k", "4");
    }
}
