package dev.longshore.client.fake;

import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.client.ApiClient;
import dev.longshore.client.ApiClientContract;
import dev.longshore.client.Patch;
import dev.longshore.common.time.SystemEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API in memory keeps the contract that the server's clients keep. */
final class FakeApiClientContractTest extends ApiClientContract {
    private final SystemEnvironment system = new SystemEnvironment();

    @Override
    protected ApiClient open() {
        return new FakeApiClient(system.environment().clock(), system.environment().randomness());
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void patchesAreRefused() {
        refused(Reason.METHOD_NOT_ALLOWED, () -> open().patch(ResourceTypes.CONFIG_MAPS, KEY, Patch.merge("{}")));
    }
}
