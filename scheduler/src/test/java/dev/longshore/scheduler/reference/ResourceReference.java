package dev.longshore.scheduler.reference;

import dev.longshore.scheduler.plugins.PluginArguments.Point;
import dev.longshore.scheduler.plugins.PluginArguments.Resource;
import dev.longshore.scheduler.plugins.PluginArguments.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The rules about what nodes have and pods take. */
final class ResourceReference {
    private final PlainCluster cluster;
    private final PlainPod pod;
    private final PlainProfile profile;

    ResourceReference(PlainCluster cluster, PlainPod pod, PlainProfile profile) {
        this.cluster = cluster;
        this.pod = pod;
        this.profile = profile;
    }

    private long taken(PlainNode node, ToLongFunction<PlainPod> what) {
        return cluster.on(node.name()).stream().mapToLong(what).sum();
    }

    List<String> lacking(PlainNode node) {
        List<String> lacking = new ArrayList<>();
        if (cluster.on(node.name()).size() + 1 > node.room("pods")) {
            lacking.add("Too many pods");
        }
        List<String> resources = new ArrayList<>(List.of("cpu", "memory", "ephemeral-storage"));
        pod.need().keySet().stream().filter(name -> !resources.contains(name)).sorted().forEach(resources::add);
        for (String resource : resources) {
            if (pod.need(resource) > 0
                    && pod.need(resource) > node.room(resource) - taken(node, other -> other.need(resource))) {
                lacking.add("Insufficient " + resource);
            }
        }
        return lacking;
    }

    /** Whether the resource has a part in scores. */
    private boolean counts(String resource, PlainNode node) {
        return node.room(resource) > 0 && (!resource.contains("/") || pod.need(resource) > 0);
    }

    private static long scored(PlainPod pod, String resource) {
        return switch (resource) {
            case "cpu" -> pod.scoredCpuMillis();
            case "memory" -> pod.scoredMemoryBytes();
            default -> pod.need(resource);
        };
    }

    /** The weighted mean over the resources, cut; by a shape, rounded, over those where it does not say 0. */
    long fit(PlainNode node) {
        boolean byShape = profile.arguments().fit().strategy() instanceof Strategy.RequestedToCapacityRatio;
        long sum = 0;
        long weights = 0;
        for (Resource resource : profile.arguments().fit().resources()) {
            String name = resource.name();
            if (counts(name, node)) {
                long score = fit(scored(pod, name) + taken(node, other -> scored(other, name)), node.room(name));
                if (!byShape || score > 0) {
                    sum += resource.weight() * score;
                    weights += resource.weight();
                }
            }
        }
        return weights == 0 ? 0 : byShape ? Math.round((double) sum / weights) : sum / weights;
    }

    private long fit(long taken, long room) {
        return switch (profile.arguments().fit().strategy()) {
            case Strategy.LeastAllocated() -> Math.max(0, room - taken) * 100 / room;
            case Strategy.MostAllocated() -> Math.min(room, taken) * 100 / room;
            case Strategy.RequestedToCapacityRatio(var shape) -> height(shape, Math.min(room, taken) * 100 / room);
        };
    }

    private static long height(List<Point> shape, long at) {
        for (int i = 0; i < shape.size(); i++) {
            Point point = shape.get(i);
            if (at <= point.utilization()) {
                Point before = shape.get(Math.max(0, i - 1));
                return i == 0
                        ? 10 * point.score()
                        : 10 * before.score() + 10 * (point.score() - before.score())
                                * (at - before.utilization()) / (point.utilization() - before.utilization());
            }
        }
        return 10 * shape.getLast().score();
    }

    /** 100 less the standard deviation of the taken parts, cut. */
    long balanced(PlainNode node) {
        List<Double> parts = new ArrayList<>();
        for (String resource : profile.arguments().balanced()) {
            if (counts(resource, node)) {
                long taken = pod.need(resource) + taken(node, other -> other.need(resource));
                parts.add(Math.min(1, (double) taken / node.room(resource)));
            }
        }
        double mean = parts.stream().mapToDouble(Double::doubleValue).sum() / parts.size();
        double variance = parts.stream().mapToDouble(part -> (part - mean) * (part - mean)).sum() / parts.size();
        return switch (parts.size()) {
            case 0, 1 -> 100;
            case 2 -> (long) ((1 - Math.abs(parts.getFirst() - parts.getLast()) / 2) * 100);
            default -> (long) ((1 - Math.sqrt(variance)) * 100);
        };
    }
}
