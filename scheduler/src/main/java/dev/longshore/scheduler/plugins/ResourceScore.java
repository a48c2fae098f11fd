package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.plugins.PluginArguments.Point;
import dev.longshore.scheduler.plugins.PluginArguments.Resource;
import dev.longshore.scheduler.plugins.PluginArguments.Strategy;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.PodRequirements;
import dev.longshore.scheduler.state.ResourceColumns;
import java.util.List;

/**
 * Scores of nodes by what is taken of any resources, node by node; the usual ones have faster ways of their own.
 * Formulas, cuts and rounding: Kubernetes scheduler 1.32.
 *
 * <p>A resource that the node has nothing of is left out, and so is an extended one that the pod does not ask for.
 */
final class ResourceScore {
    private static final int HIGHEST = 100;
    /** From the scores of a shape, which end at 10, to those of rules. */
    private static final int SHAPE_FACTOR = 10;

    private ResourceScore() {
    }

    /** The weighted mean over the resources. A missing request of cpu or memory counts as LeastAllocated counts it. */
    static long mean(Strategy strategy, List<Resource> resources, PodRequirements pod, ResourceColumns columns,
            int slot) {
        boolean byShape = strategy instanceof Strategy.RequestedToCapacityRatio;
        long sum = 0;
        long weights = 0;
        for (Resource resource : resources) {
            String name = resource.name();
            long capacity = columns.capacity(name, slot);
            long wanted = scored(pod, name);
            if (counts(name, capacity, wanted)) {
                long score = of(strategy, columns.scoredRequests(name, slot) + wanted, capacity);
                // A shape that says 0 takes no part in the mean.
                if (!byShape || score > 0) {
                    sum += score * resource.weight();
                    weights += resource.weight();
                }
            }
        }
        if (weights == 0) {
            return 0;
        }
        return byShape ? Math.round((double) sum / weights) : sum / weights;
    }

    private static long of(Strategy strategy, long taken, long capacity) {
        return switch (strategy) {
            case Strategy.LeastAllocated() -> taken > capacity ? 0 : (capacity - taken) * HIGHEST / capacity;
            case Strategy.MostAllocated() -> Math.min(taken, capacity) * HIGHEST / capacity;
            case Strategy.RequestedToCapacityRatio(var shape) ->
                onLine(shape, taken > capacity ? HIGHEST : taken * HIGHEST / capacity);
        };
    }

    /** Level before the first point and after the last; between two, quotients are cut towards 0. */
    private static long onLine(List<Point> shape, long utilization) {
        Point before = shape.getFirst();
        for (Point point : shape) {
            if (utilization <= point.utilization()) {
                return point == before ? height(point) : between(before, point, utilization);
            }
            before = point;
        }
        return height(before);
    }

    private static long between(Point from, Point to, long utilization) {
        return height(from) + (height(to) - height(from)) * (utilization - from.utilization())
                / (to.utilization() - from.utilization());
    }

    private static long height(Point point) {
        return (long) point.score() * SHAPE_FACTOR;
    }

    /** One minus the standard deviation of the parts taken, in hundredths, cut; requests count as they are. */
    static double evenness(List<String> resources, PodRequirements pod, ResourceColumns columns, int slot) {
        double[] parts = new double[resources.size()];
        int count = 0;
        for (String name : resources) {
            long capacity = columns.capacity(name, slot);
            long wanted = requested(pod.requests(), name);
            if (counts(name, capacity, wanted)) {
                parts[count++] = Math.min(1, (double) (columns.requests(name, slot) + wanted) / capacity);
            }
        }
        return Math.floor((1 - deviation(parts, count)) * HIGHEST);
    }

    private static double deviation(double[] parts, int count) {
        if (count == 2) {
            return Math.abs((parts[0] - parts[1]) / 2);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += parts[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (parts[i] - mean) * (parts[i] - mean);
        }
        return count < 2 ? 0 : Math.sqrt(squares / count);
    }

    private static boolean counts(String name, long capacity, long wanted) {
        return capacity > 0 && (wanted > 0 || ResourceColumns.isNative(name));
    }

    private static long scored(PodRequirements pod, String name) {
        return switch (name) {
            case "cpu" -> pod.scoredCpuMillis();
            case "memory" -> pod.scoredMemoryBytes();
            default -> requested(pod.requests(), name);
        };
    }

    private static long requested(Amounts requests, String name) {
        return switch (name) {
            case "cpu" -> requests.cpuMillis();
            case "memory" -> requests.memoryBytes();
            case "ephemeral-storage" -> requests.ephemeralBytes();
            default -> requests.extended().getOrDefault(name, 0L);
        };
    }
}
