package dev.longshore.controllers.runner;

import dev.longshore.api.ResourceType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A reconciler and what drives it.
 *
 * @param name    names the queue in metrics: {@code replicaset}
 * @param workers how many keys are reconciled at once
 * @param sources whose changes make keys due
 * @param reads   further resources whose caches the reconciler reads; it starts when all are filled
 * @param initial keys that are due at the start and name no object
 */
public record ControllerSpec<K>(String name, int workers, Reconciler<K> reconciler, List<Source<?, K>> sources,
        List<ResourceType<?>> reads, List<K> initial) {
    public ControllerSpec {
        sources = List.copyOf(sources);
        reads = List.copyOf(reads);
        initial = List.copyOf(initial);
    }

    /** Without further reads and initial keys. */
    public static <K> ControllerSpec<K> of(String name, int workers, Reconciler<K> reconciler,
            List<Source<?, K>> sources) {
        return new ControllerSpec<>(name, workers, reconciler, sources, List.of(), List.of());
    }

    Set<ResourceType<?>> types() {
        Set<ResourceType<?>> types = new LinkedHashSet<>(reads);
        sources.forEach(source -> types.add(source.type()));
        return types;
    }
}
