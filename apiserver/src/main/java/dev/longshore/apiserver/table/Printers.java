package dev.longshore.apiserver.table;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which kind is shown how; kinds without a line here show name and creation time. */
final class Printers {
    private static final Map<ResourceType<?>, Printer<?>> ALL = new LinkedHashMap<>();

    static {
        add(ResourceTypes.PODS, PodPrinter.PRINTER);
        add(ResourceTypes.NODES, CorePrinters.NODE);
        add(ResourceTypes.SERVICES, CorePrinters.SERVICE);
        add(ResourceTypes.ENDPOINTS, CorePrinters.ENDPOINTS);
        add(ResourceTypes.ENDPOINT_SLICES, CorePrinters.ENDPOINT_SLICE);
        add(ResourceTypes.EVENTS, CorePrinters.EVENT);
        add(ResourceTypes.DEPLOYMENTS, WorkloadPrinters.DEPLOYMENT);
        add(ResourceTypes.REPLICA_SETS, WorkloadPrinters.REPLICA_SET);
        add(ResourceTypes.REPLICATION_CONTROLLERS, WorkloadPrinters.REPLICATION_CONTROLLER);
        add(ResourceTypes.STATEFUL_SETS, WorkloadPrinters.STATEFUL_SET);
        add(ResourceTypes.DAEMON_SETS, WorkloadPrinters.DAEMON_SET);
        add(ResourceTypes.JOBS, WorkloadPrinters.JOB);
        add(ResourceTypes.CRON_JOBS, WorkloadPrinters.CRON_JOB);
        add(ResourceTypes.CONFIG_MAPS, Printer.of("Name, Data, Age", (object, now) -> Row.of(
                object.getMetadata().getName(), object.getDataCount() + object.getBinaryDataCount(),
                Ages.since(object.getMetadata().getCreationTimestamp(), now))));
        add(ResourceTypes.SECRETS, Printer.of("Name, Type, Data, Age", (object, now) -> Row.of(
                object.getMetadata().getName(), object.getType(), object.getDataCount(),
                Ages.since(object.getMetadata().getCreationTimestamp(), now))));
        add(ResourceTypes.NAMESPACES, Printer.of("Name, Status, Age", (object, now) -> Row.of(
                object.getMetadata().getName(), object.getStatus().getPhase(),
                Ages.since(object.getMetadata().getCreationTimestamp(), now))));
        add(ResourceTypes.SERVICE_ACCOUNTS, Printer.of("Name, Secrets, Age", (object, now) -> Row.of(
                object.getMetadata().getName(), object.getSecretsCount(),
                Ages.since(object.getMetadata().getCreationTimestamp(), now))));
        add(ResourceTypes.LEASES, Printer.of("Name, Holder, Age", (object, now) -> Row.of(
                object.getMetadata().getName(), object.getSpec().getHolderIdentity(),
                Ages.since(object.getMetadata().getCreationTimestamp(), now))));
        add(ResourceTypes.PRIORITY_CLASSES, Printer.of("Name, Value#, Global-Default?, Age, PreemptionPolicy",
                (object, now) -> Row.of(object.getMetadata().getName(), object.getValue(), object.getGlobalDefault(),
                        Ages.since(object.getMetadata().getCreationTimestamp(), now),
                        object.getPreemptionPolicy())));
        add(ResourceTypes.CSI_DRIVERS, StoragePrinters.DRIVER);
        add(ResourceTypes.CSI_NODES, StoragePrinters.NODE);
        add(ResourceTypes.VOLUME_ATTACHMENTS, StoragePrinters.ATTACHMENT);
        add(ResourceTypes.ROLE_BINDINGS, RbacPrinters.ROLE_BINDING);
        add(ResourceTypes.CLUSTER_ROLE_BINDINGS, RbacPrinters.CLUSTER_ROLE_BINDING);
    }

    private Printers() {
    }

    private static <T extends Message> void add(ResourceType<T> type, Printer<T> printer) {
        ALL.put(type, printer);
    }

    @SuppressWarnings("unchecked") // each printer is registered under its own type
    static <T extends Message> Printer<T> of(ResourceType<T> type) {
        Printer<T> known = (Printer<T>) ALL.get(type);
        return known != null ? known : fallback(type);
    }

    private static <T extends Message> Printer<T> fallback(ResourceType<T> type) {
        return new Printer<>(List.of(new Column("Name", "string", 0), new Column("Created At", "date", 0)),
                (object, _) -> Row.of(type.meta(object).getName(), created(type, object)));
    }

    private static <T extends Message> String created(ResourceType<T> type, T object) {
        return Times.instant(type.meta(object).getCreationTimestamp()).map((Instant time) -> Times.format(time))
                .orElse("");
    }
}
