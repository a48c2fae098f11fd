package dev.longshore.scheduler.reference;

import dev.longshore.scheduler.plugins.ExtensionPoint;
import dev.longshore.scheduler.plugins.PluginArguments;
import dev.longshore.scheduler.plugins.PluginArguments.Point;
import dev.longshore.scheduler.plugins.PluginArguments.Resource;
import dev.longshore.scheduler.plugins.PluginArguments.Strategy;
import dev.longshore.scheduler.plugins.PluginName;
import dev.longshore.scheduler.plugins.PluginSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes up profiles: rules that do not refuse or do not score, other weights, other ways to count resources. */
final class RandomProfile {
    private static final int[] WEIGHTS = {1, 1, 2, 3, 7, 100};

    private final SplittableRandom random;

    private RandomProfile(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static PlainProfile of(long seed) {
        RandomProfile profile = new RandomProfile(seed);
        return new PlainProfile(profile.rules(), profile.arguments());
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private PluginSet rules() {
        Map<ExtensionPoint, Set<PluginName>> acting = new EnumMap<>(ExtensionPoint.class);
        PluginSet.STANDARD.acting().forEach((point, rules) -> acting.put(point, EnumSet.copyOf(rules)));
        Map<PluginName, Integer> weights = new EnumMap<>(PluginName.class);
        for (PluginName rule : PluginName.values()) {
            if (chance(15)) {
                acting.get(ExtensionPoint.PRE_FILTER).remove(rule);
                acting.get(ExtensionPoint.FILTER).remove(rule);
            }
            if (chance(20)) {
                acting.get(ExtensionPoint.SCORE).remove(rule);
            }
            weights.put(rule, chance(50) && rule.defaultWeight() > 0 ? rule.defaultWeight() : weight());
        }
        return new PluginSet(acting, weights);
    }

    private int weight() {
        return WEIGHTS[random.nextInt(WEIGHTS.length)];
    }

    private PluginArguments arguments() {
        PluginArguments standard = PluginArguments.STANDARD;
        return new PluginArguments(
                new PluginArguments.Fit(strategy(), resources().stream().map(name -> new Resource(name, weight()))
                        .toList(), Set.of(), Set.of()),
                chance(60) ? standard.balanced() : resources(), standard.podAffinity(), standard.spread(),
                standard.addedAffinity(), standard.volumeLimit());
    }

    private List<String> resources() {
        List<String> resources = new ArrayList<>();
        for (String name : List.of("cpu", "memory", "ephemeral-storage", "x/gpu")) {
            if (chance(name.equals("cpu") || name.equals("memory") ? 85 : 30)) {
                resources.add(name);
            }
        }
        return resources.isEmpty() ? List.of("cpu") : resources;
    }

    private Strategy strategy() {
        return switch (random.nextInt(3)) {
            case 0 -> new Strategy.LeastAllocated();
            case 1 -> new Strategy.MostAllocated();
            default -> {
                List<Point> shape = new ArrayList<>();
                for (int at = random.nextInt(50); at <= 100; at += 1 + random.nextInt(60)) {
                    shape.add(new Point(at, random.nextInt(11)));
                }
                yield new Strategy.RequestedToCapacityRatio(shape);
            }
        };
    }
}
