package dev.longshore.apiserver.allocation;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.apiserver.admission.ObjectReader;
import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.StoredValue;
import dev.longshore.apiserver.store.WriteResult;
import dev.longshore.common.time.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who has which cluster IP and node port: one key of the store for each, written only if nobody has it. So any number
 * of
 * API servers can allocate at once and nothing is kept in memory.
 *
 * <p>A server that dies between the claim and the write of its Service leaves a claim without an owner. Once it is
 * older
 * than {@link #ORPHAN_AGE} and the Service named in it does not exist or uses something else, whoever wants the address
 * takes the claim over.
 */
final class Claims {
    private static final Duration ORPHAN_AGE = Duration.ofMinutes(1);

    /** The same for a Service of the same name, which is most likely the same create tried again. */
    private static final Duration RETRY_AGE = Duration.ofSeconds(5);

    private static final String SEPARATOR = " ";

    private final Store store;
    private final ObjectReader reader;
    private final Clock clock;
    private final Answers answers;

    Claims(Store store, ObjectReader reader, Clock clock, Answers answers) {
        this.store = store;
        this.reader = reader;
        this.clock = clock;
        this.answers = answers;
    }

    /** What can be claimed. */
    enum Kind {
        CLUSTER_IP("/registry/longshore.dev/serviceips/"), NODE_PORT("/registry/longshore.dev/servicenodeports/");

        final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Who claims: a Service by name and uid. */
    record Owner(ObjectKey key, String uid) {
        static Owner of(Service service) {
            return new Owner(new ObjectKey(service.getMetadata().getNamespace(), service.getMetadata().getName()),
                    service.getMetadata().getUid());
        }
    }

    /** Whether the value now belongs to the owner. */
    boolean take(Kind kind, String value, Owner owner) {
        String key = kind.prefix + value;
        return switch (put(key, owner, 0)) {
            case WriteResult.Written _ -> true;
            case WriteResult.Mismatch(long _, Optional<StoredValue> current) -> current.isPresent()
                    && isFree(kind, value, current.get(), owner)
                    && put(key, owner, current.get().modRevision()) instanceof WriteResult.Written;
        };
    }

    private WriteResult put(String key, Owner owner, long expected) {
        String text = String.join(SEPARATOR, owner.key().namespace(), owner.key().name(), owner.uid(),
                Long.toString(clock.now().getEpochSecond()));
        return answers.await(store.put(key, text.getBytes(StandardCharsets.UTF_8),
                OptionalLong.of(expected), Optional.empty()));
    }

    private boolean isFree(Kind kind, String value, StoredValue claim, Owner asking) {
        String[] parts = text(claim).split(SEPARATOR);
        Owner owner = new Owner(new ObjectKey(parts[0], parts[1]), parts[2]);
        if (owner.equals(asking)) {
            return true;
        }
        Duration age = owner.key().equals(asking.key()) ? RETRY_AGE : ORPHAN_AGE;
        boolean old = Long.parseLong(parts[3]) + age.toSeconds() <= clock.now().getEpochSecond();
        return old && reader.find(ResourceTypes.SERVICES, owner.key())
                .filter(service -> service.getMetadata().getUid().equals(owner.uid()) && uses(kind, value, service))
                .isEmpty();
    }

    private static boolean uses(Kind kind, String value, Service service) {
        return switch (kind) {
            case CLUSTER_IP -> service.getSpec().getClusterIP().equals(value);
            case NODE_PORT -> service.getSpec().getPortsList().stream().map(ServicePort::getNodePort)
                    .anyMatch(port -> Integer.toString(port).equals(value));
        };
    }

    /** Gives a value back if the owner has it. */
    void release(Kind kind, String value, Owner owner) {
        String key = kind.prefix + value;
        Store.Read read = answers.await(store.get(key));
        read.value().filter(claim -> text(claim).contains(owner.uid()))
                .ifPresent(claim -> answers.await(store.delete(key, OptionalLong.of(claim.modRevision()))));
    }

    boolean isTaken(Kind kind, String value) {
        return answers.await(store.get(kind.prefix + value)).value().isPresent();
    }

    /** All values claimed now. */
    Set<String> taken(Kind kind) {
        Store.Range range = answers.await(store.range(kind.prefix, "", 0, 0));
        Set<String> values = new HashSet<>();
        range.values().forEach(claim -> values.add(claim.key().substring(kind.prefix.length())));
        return values;
    }

    private static String text(StoredValue claim) {
        return new String(claim.value(), StandardCharsets.UTF_8);
    }
}
