package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.api.core.v1.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that decides a pod's next step and its status.
 *
 * @param present    whether the object still exists; its last form is in {@code pod}
 * @param sandboxes  of this pod, newest first
 * @param containers of this pod, newest first for each name
 * @param health     by container id; a running container without an entry has no probes
 * @param holds      by container name; under {@link #POD} what holds the whole pod
 * @param backoffs   by container name
 * @param images     names of containers whose image is here for their next start
 * @param hooks      ids of containers whose postStart hook has not run yet
 */
public record PodSnapshot(Pod pod, boolean present, PodState state, List<SandboxView> sandboxes,
        List<ContainerView> containers, Map<String, Health> health, Map<String, Hold> holds,
        Map<String, RestartBackoff> backoffs, Set<String> images, Set<String> hooks, Instant now) {
    /** The key of what concerns no single container. */
    public static final String POD = "";

    public PodSnapshot {
        sandboxes = sandboxes.stream().sorted(Comparator.comparingInt(SandboxView::attempt)
                .thenComparing(SandboxView::createdAt).reversed()).toList();
        containers = containers.stream().sorted(Comparator.comparingInt(ContainerView::attempt)
                .thenComparing(ContainerView::createdAt).reversed()).toList();
        health = Map.copyOf(health);
        holds = Map.copyOf(holds);
        backoffs = Map.copyOf(backoffs);
        images = Set.copyOf(images);
        hooks = Set.copyOf(hooks);
    }

    PodSnapshot in(PodState other) {
        return new PodSnapshot(pod, present, other, sandboxes, containers, health, holds, backoffs, images, hooks, now);
    }

    /** The newest sandbox. */
    public Optional<SandboxView> sandbox() {
        return sandboxes.stream().findFirst();
    }

    /** The newest container of this name. */
    public Optional<ContainerView> latest(String name) {
        return instances(name).stream().findFirst();
    }

    /** The container of this name before the newest. */
    public Optional<ContainerView> previous(String name) {
        return instances(name).stream().skip(1).findFirst();
    }

    List<ContainerView> instances(String name) {
        return containers.stream().filter(container -> container.name().equals(name)).toList();
    }

    Health healthOf(ContainerView container) {
        return hooks.contains(container.id())
                ? new Health(false, false, true)
                : health.getOrDefault(container.id(), Health.GOOD);
    }

    /** When the hold of this name ends, if it has not. */
    Optional<Hold> held(String name) {
        return Optional.ofNullable(holds.get(name)).filter(hold -> hold.until().isAfter(now));
    }

    RestartBackoff backoff(String name) {
        return backoffs.getOrDefault(name, RestartBackoff.NONE);
    }
}
