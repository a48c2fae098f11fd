package dev.longshore.scheduler.plugins;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which plug-ins act where in a profile.
 *
 * @param acting  the plug-ins at each point
 * @param weights of those that score, at least 1
 */
public record PluginSet(Map<ExtensionPoint, Set<PluginName>> acting, Map<PluginName, Integer> weights) {
    /** Of the default profile. */
    public static final PluginSet STANDARD = standard();

    public PluginSet {
        acting = Collections.unmodifiableMap(new EnumMap<>(acting));
        weights = Collections.unmodifiableMap(new EnumMap<>(weights));
    }

    private static PluginSet standard() {
        Map<ExtensionPoint, Set<PluginName>> acting = new EnumMap<>(ExtensionPoint.class);
        Map<PluginName, Integer> weights = new EnumMap<>(PluginName.class);
        for (PluginName plugin : PluginName.values()) {
            plugin.points().forEach(
                    point -> acting.computeIfAbsent(point, _ -> EnumSet.noneOf(PluginName.class)).add(plugin));
            if (plugin.points().contains(ExtensionPoint.SCORE)) {
                weights.put(plugin, plugin.defaultWeight());
            }
        }
        return new PluginSet(acting, weights);
    }

    public boolean has(PluginName plugin, ExtensionPoint point) {
        return acting.getOrDefault(point, Set.of()).contains(plugin);
    }

    /** By how much its score is multiplied; 0: it does not score. */
    public int weight(PluginName plugin) {
        return has(plugin, ExtensionPoint.SCORE) ? weights.getOrDefault(plugin, 1) : 0;
    }
}
