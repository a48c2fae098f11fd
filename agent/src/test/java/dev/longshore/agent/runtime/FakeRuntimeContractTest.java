package dev.longshore.agent.runtime;

import dev.longshore.common.time.SystemEnvironment;
import org.junit.jupiter.api.AfterEach;

class FakeRuntimeContractTest extends RuntimeContract {
    private final SystemEnvironment system = new SystemEnvironment();
    private final FakeRuntime runtime = new FakeRuntime(system.environment().clock(), "10.1");

    FakeRuntimeContractTest() {
        runtime.addImage(image());
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Override
    ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    String image() {
        return "localhost/test:1";
    }
}
