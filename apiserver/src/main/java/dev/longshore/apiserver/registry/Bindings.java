package dev.longshore.apiserver.registry;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Binding;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.registry.ObjectStorage.Replaced;
import dev.longshore.apiserver.registry.ObjectStorage.Replacement;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Binds many pods at once. A pod that the cache has is not read again: if it has changed since, the store does not
 * write it and shows the newer one, which is tried next. No refusal stands on a pod that may be old. A pod that is
 * stored has its defaults and is admitted and valid, and nothing that a binding changes is about those.
 */
final class Bindings {
    private final RegistryParts parts;

    Bindings(RegistryParts parts) {
        this.parts = parts;
    }

    List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term, WriteContext context) {
        List<Attempt> attempts = placements.stream().map(Attempt::new).toList();
        try {
            requireTerm(term);
            List<Attempt> open = attempts;
            for (int round = 0; round < Update.ATTEMPTS && !open.isEmpty(); round++) {
                write(open, context);
                open = open.stream().filter(Attempt::isOpen).toList();
            }
        } catch (ApiException e) {
            attempts.stream().filter(Attempt::isOpen).forEach(attempt -> attempt.refuse(e));
        }
        return attempts.stream().map(Attempt::outcome).toList();
    }

    private void requireTerm(LeaderTerm term) {
        if (!term.isAlways()) {
            term.over(parts.storage().find(ResourceTypes.LEASES, term.lease())).ifPresent(why -> {
                throw ApiException.conflict(ResourceTypes.LEASES, term.lease().name(), why);
            });
        }
    }

    /** One pod on its way; used by one thread. */
    private static final class Attempt {
        private final PodPlacement placement;
        /** What the store had when it refused the last try; the cache and then the store are asked while it is empty. */
        private Optional<Stored<Pod>> shown = Optional.empty();
        private Optional<BindOutcome> outcome = Optional.empty();

        Attempt(PodPlacement placement) {
            this.placement = placement;
        }

        ObjectKey key() {
            return placement.pod();
        }

        boolean isOpen() {
            return outcome.isEmpty();
        }

        void refuse(ApiException cause) {
            outcome = Optional.of(new BindOutcome.Refused(cause));
        }

        void replaced(Replaced<Pod> result) {
            switch (result) {
                case Replaced.Done<Pod> _ -> outcome = Optional.of(new BindOutcome.Bound());
                case Replaced.Failed<Pod>(ApiException cause) -> refuse(cause);
                case Replaced.Other<Pod>(Optional<Stored<Pod>> current) -> {
                    shown = current;
                    if (current.isEmpty()) {
                        refuse(ApiException.notFound(ResourceTypes.PODS, key().name()));
                    }
                }
            }
        }

        BindOutcome outcome() {
            return outcome.orElseGet(() -> new BindOutcome.Refused(
                    ApiException.modified(ResourceTypes.PODS, key().name())));
        }
    }

    private record Ready(Attempt attempt, Replacement<Pod> replacement) {}

    private void write(List<Attempt> open, WriteContext context) {
        List<Ready> ready = new ArrayList<>();
        Set<ObjectKey> taken = new HashSet<>();
        for (Attempt attempt : open) {
            if (taken.add(attempt.key())) { // a pod that is named twice has its second turn in the next round
                prepare(attempt).ifPresent(replacement -> ready.add(new Ready(attempt, replacement)));
            }
        }
        if (context.dryRun()) {
            ready.forEach(each -> each.attempt().replaced(new Replaced.Done<>()));
            return;
        }
        List<Replaced<Pod>> results = parts.storage().replaceEach(ResourceTypes.PODS,
                ready.stream().map(Ready::replacement).toList());
        for (int i = 0; i < results.size(); i++) {
            ready.get(i).attempt().replaced(results.get(i));
        }
    }

    /** The pod with its node; empty when it is refused. */
    private Optional<Replacement<Pod>> prepare(Attempt attempt) {
        Optional<Stored<Pod>> cached = attempt.shown.isPresent()
                ? Optional.empty()
                : parts.storage().cached(ResourceTypes.PODS, attempt.key());
        try {
            if (cached.isPresent()) {
                return Optional.of(bound(attempt.placement, cached.get()));
            }
        } catch (ApiException _) {
            // It may have changed since: the newest decides.
        }
        try {
            Stored<Pod> newest = attempt.shown.or(() -> parts.storage().get(ResourceTypes.PODS, attempt.key()))
                    .orElseThrow(() -> ApiException.notFound(ResourceTypes.PODS, attempt.key().name()));
            return Optional.of(bound(attempt.placement, newest));
        } catch (ApiException e) {
            attempt.refuse(e);
            return Optional.empty();
        }
    }

    private Replacement<Pod> bound(PodPlacement placement, Stored<Pod> stored) {
        Pod next = new PodBinding(binding(placement), parts.clock().now()).apply(stored.object());
        return new Replacement<>(next, stored.revision());
    }

    private static Binding binding(PodPlacement placement) {
        return Binding.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace(placement.pod().namespace())
                        .setName(placement.pod().name()).setUid(placement.uid()))
                .setTarget(ObjectReference.newBuilder().setApiVersion("v1").setKind("Node").setName(placement.node()))
                .build();
    }
}
