package dev.longshore.apiserver.table;

import dev.longshore.api.storage.v1.CSIDriver;
import dev.longshore.api.storage.v1.CSIDriverSpec;
import dev.longshore.api.storage.v1.CSINode;
import dev.longshore.api.storage.v1.TokenRequest;
import dev.longshore.api.storage.v1.VolumeAttachment;
import java.util.stream.Collectors;

/** The tables of storage drivers, and of what is attached to nodes. */
final class StoragePrinters {
    private static final String UNSET = "<unset>";

    static final Printer<CSIDriver> DRIVER = Printer.of(
            "Name, AttachRequired?, PodInfoOnMount?, StorageCapacity?, TokenRequests, RequiresRepublish?, Modes, Age",
            (object, now) -> Row.of(object.getMetadata().getName(), attaches(object.getSpec()),
                    object.getSpec().getPodInfoOnMount(), object.getSpec().getStorageCapacity(),
                    audiences(object.getSpec()), object.getSpec().getRequiresRepublish(),
                    Cells.joined(object.getSpec().getVolumeLifecycleModesList()),
                    Ages.since(object.getMetadata().getCreationTimestamp(), now)));
    static final Printer<CSINode> NODE = Printer.of("Name, Drivers#, Age",
            (object, now) -> Row.of(object.getMetadata().getName(), object.getSpec().getDriversCount(),
                    Ages.since(object.getMetadata().getCreationTimestamp(), now)));
    static final Printer<VolumeAttachment> ATTACHMENT = Printer.of("Name, Attacher, PV, Node, Attached?, Age",
            (object, now) -> Row.of(object.getMetadata().getName(), object.getSpec().getAttacher(),
                    object.getSpec().getSource().getPersistentVolumeName(), object.getSpec().getNodeName(),
                    object.getStatus().getAttached(),
                    Ages.since(object.getMetadata().getCreationTimestamp(), now)));

    private StoragePrinters() {
    }

    private static boolean attaches(CSIDriverSpec driver) {
        return !driver.hasAttachRequired() || driver.getAttachRequired();
    }

    private static String audiences(CSIDriverSpec driver) {
        return driver.getTokenRequestsCount() == 0
                ? UNSET
                : driver.getTokenRequestsList().stream().map(TokenRequest::getAudience)
                        .collect(Collectors.joining(","));
    }
}
