package dev.longshore.scheduler.volumes;

import dev.longshore.api.storage.v1.CSIDriver;

/**
 * A storage driver (Kubernetes API, CSIDriver).
 *
 * @param tellsRoom whether it publishes for how much it has room, so that other places have none
 */
public record DriverFacts(String name, boolean tellsRoom) implements StorageFacts {
    public static DriverFacts of(CSIDriver driver) {
        return new DriverFacts(driver.getMetadata().getName(), driver.getSpec().getStorageCapacity());
    }
}
