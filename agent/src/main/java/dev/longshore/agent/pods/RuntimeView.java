package dev.longshore.agent.pods;

import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.SandboxView;
import dev.longshore.api.core.v1.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the runtime has of one pod. */
record RuntimeView(List<SandboxView> sandboxes, List<ContainerView> containers) {
    static final RuntimeView NOTHING = new RuntimeView(List.of(), List.of());

    RuntimeView {
        sandboxes = List.copyOf(sandboxes);
        containers = List.copyOf(containers);
    }

    /** Asks the runtime; what ended before and is known already is not asked for again. */
    static RuntimeView fetch(ContainerRuntime runtime, Pod pod, RuntimeView before, PodFiles files) {
        String uid = pod.getMetadata().getUid();
        List<SandboxView> sandboxes = new ArrayList<>();
        for (SandboxView item : runtime.sandboxes()) {
            if (item.podUid().equals(uid)) {
                sandboxes.add(item.ready() ? runtime.sandbox(item.id()).orElse(item) : item);
            }
        }
        Map<String, ContainerView> known = before.containers().stream()
                .collect(Collectors.toMap(ContainerView::id, Function.identity()));
        List<ContainerView> containers = new ArrayList<>();
        for (ContainerView item : runtime.containers()) {
            if (item.podUid().equals(uid)) {
                ContainerView last = known.get(item.id());
                containers.add(last != null && last.state() == item.state() && !last.startedAt().equals(Instant.EPOCH)
                        ? last
                        : detailed(runtime, pod, item, files));
            }
        }
        return new RuntimeView(sandboxes, containers);
    }

    private static ContainerView detailed(ContainerRuntime runtime, Pod pod, ContainerView item, PodFiles files) {
        ContainerView view = runtime.container(item.id()).orElse(item);
        return view.exited() ? LastWords.add(pod, view, files) : view;
    }
}
