package dev.longshore.scheduler.config;

import dev.longshore.scheduler.plugins.ExtensionPoint;
import dev.longshore.scheduler.plugins.PluginName;
import dev.longshore.scheduler.plugins.PluginSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads which plug-ins of a profile act where, as Kubernetes 1.32 understands it: multiPoint says what is on at every point
 * where it can act, in addition to the default plug-ins; what is said about a point goes before that.
 *
 * <p>Example: multiPoint disables {@code *} and enables NodeResourcesFit with weight 5, score enables ImageLocality. Then
 * NodeResourcesFit filters and scores, ImageLocality scores with weight 1, and nothing else is asked.
 */
final class PluginSetReader {
    private static final String MULTI_POINT = "multiPoint";

    private final Warnings warnings;
    private final Map<PluginName, Integer> everywhere = new EnumMap<>(PluginName.class);
    private final Map<ExtensionPoint, Set<PluginName>> acting = new EnumMap<>(ExtensionPoint.class);
    private final Map<PluginName, Integer> weights = new EnumMap<>(PluginName.class);

    private PluginSetReader(Warnings warnings) {
        this.warnings = warnings;
    }

    static PluginSet read(Field plugins, Warnings warnings) {
        Section section = plugins.section(Stream.concat(Stream.of(MULTI_POINT),
                Arrays.stream(ExtensionPoint.values()).map(ExtensionPoint::field)).toArray(String[]::new));
        PluginSetReader reader = new PluginSetReader(warnings);
        reader.readEverywhere(section);
        for (ExtensionPoint point : ExtensionPoint.values()) {
            reader.readPoint(section, point);
        }
        PluginSet set = new PluginSet(reader.acting, reader.weights);
        PluginSetRules.check(plugins.path(), set, warnings);
        return set;
    }

    private void readEverywhere(Section section) {
        EnabledSet said = section.value(MULTI_POINT, field -> EnabledSet.read(field, new Everywhere()),
                EnabledSet.SILENT);
        said.forEachOf(EnumSet.allOf(PluginName.class), plugin -> everywhere.put(plugin,
                said.enabled().getOrDefault(plugin, Math.max(1, plugin.defaultWeight()))));
    }

    private void readPoint(Section section, ExtensionPoint point) {
        EnabledSet said = section.value(point.field(), field -> EnabledSet.read(field, new AtPoint(point)),
                EnabledSet.SILENT);
        Set<PluginName> on = EnumSet.noneOf(PluginName.class);
        Set<PluginName> otherwise = everywhere.keySet().stream().filter(plugin -> plugin.points().contains(point))
                .collect(Collectors.toSet());
        said.forEachOf(otherwise, on::add);
        acting.put(point, Collections.unmodifiableSet(on));
        if (point == ExtensionPoint.SCORE) {
            on.forEach(plugin -> weights.put(plugin, said.enabled().getOrDefault(plugin,
                    everywhere.getOrDefault(plugin, 1))));
        }
    }

    /** Under multiPoint every plug-in may stand. */
    private record Everywhere() implements EnabledSet.Place {
        @Override
        public void checkEnabled(PluginName plugin, Field name) {
            // It acts where it can.
        }

        @Override
        public void noteDisabled(PluginName plugin, Field name) {
            // It acts nowhere.
        }

        @Override
        public boolean scores(PluginName plugin) {
            return plugin.points().contains(ExtensionPoint.SCORE);
        }
    }

    private final class AtPoint implements EnabledSet.Place {
        private final ExtensionPoint point;

        AtPoint(ExtensionPoint point) {
            this.point = point;
        }

        @Override
        public void checkEnabled(PluginName plugin, Field name) {
            if (!plugin.points().contains(point)) {
                throw name.wrong(doesNotAct(plugin));
            }
        }

        @Override
        public void noteDisabled(PluginName plugin, Field name) {
            if (!plugin.points().contains(point)) {
                warnings.add(name, "no effect: " + doesNotAct(plugin));
            }
        }

        private String doesNotAct(PluginName plugin) {
            return "\"" + plugin.text() + "\" does not act at " + point.field() + "; it acts at "
                    + plugin.points().stream().map(ExtensionPoint::field).collect(Collectors.joining(", "));
        }

        @Override
        public boolean scores(PluginName plugin) {
            return point == ExtensionPoint.SCORE;
        }
    }
}
