package dev.longshore.scheduler.config;

import static dev.longshore.scheduler.plugins.ExtensionPoint.BIND;
import static dev.longshore.scheduler.plugins.ExtensionPoint.FILTER;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_BIND;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_ENQUEUE;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_FILTER;
import static dev.longshore.scheduler.plugins.ExtensionPoint.PRE_SCORE;
import static dev.longshore.scheduler.plugins.ExtensionPoint.QUEUE_SORT;
import static dev.longshore.scheduler.plugins.ExtensionPoint.RESERVE;
import static dev.longshore.scheduler.plugins.ExtensionPoint.SCORE;

import dev.longshore.scheduler.plugins.ExtensionPoint;
import dev.longshore.scheduler.plugins.PluginName;
import dev.longshore.scheduler.plugins.PluginSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which sets of plug-ins can place pods at all. In Kubernetes' scheduler, too, these need what they prepare at the
 * earlier point; there every attempt to place a pod would fail, here the configuration does.
 */
final class PluginSetRules {
    private static final List<PluginName> PREPARED_FILTERS = List.of(PluginName.NODE_PORTS,
            PluginName.NODE_RESOURCES_FIT, PluginName.VOLUME_RESTRICTIONS, PluginName.VOLUME_BINDING,
            PluginName.POD_TOPOLOGY_SPREAD, PluginName.INTER_POD_AFFINITY);
    private static final List<PluginName> PREPARED_SCORES = List.of(PluginName.TAINT_TOLERATION,
            PluginName.POD_TOPOLOGY_SPREAD, PluginName.INTER_POD_AFFINITY);

    private PluginSetRules() {
    }

    /** Fails with ConfigurationException. */
    static void check(String path, PluginSet set, Warnings warnings) {
        checkOnly(path, set, PluginName.PRIORITY_SORT, QUEUE_SORT);
        checkOnly(path, set, PluginName.DEFAULT_BINDER, BIND);
        PREPARED_FILTERS.forEach(plugin -> checkPair(path, set, plugin, PRE_FILTER, FILTER));
        PREPARED_SCORES.forEach(plugin -> checkPair(path, set, plugin, PRE_SCORE, SCORE));
        long volumePoints = Stream.of(FILTER, RESERVE, PRE_BIND)
                .filter(point -> set.has(PluginName.VOLUME_BINDING, point)).count();
        if (volumePoints != 0 && volumePoints != 3) {
            throw new ConfigurationException(path,
                    "\"VolumeBinding\" must act at all of filter, reserve and preBind, or at none of them");
        }
        if (!set.has(PluginName.SCHEDULING_GATES, PRE_ENQUEUE)) {
            warnings.add(Field.below(path, PRE_ENQUEUE.field()),
                    "pods with scheduling gates wait all the same, as an API server binds none of them");
        }
    }

    private static void checkOnly(String path, PluginSet set, PluginName plugin, ExtensionPoint point) {
        if (!set.has(plugin, point)) {
            throw new ConfigurationException(Field.below(path, point.field()),
                    "a plug-in is required here and there is one only: \"" + plugin.text() + "\"");
        }
    }

    private static void checkPair(String path, PluginSet set, PluginName plugin, ExtensionPoint before,
            ExtensionPoint point) {
        if (set.has(plugin, point) && !set.has(plugin, before)) {
            throw new ConfigurationException(Field.below(path, before.field()),
                    "\"" + plugin.text() + "\" is missing here, which it needs to act at " + point.field());
        }
    }
}
