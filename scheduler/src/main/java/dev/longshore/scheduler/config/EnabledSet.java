package dev.longshore.scheduler.config;

import dev.longshore.scheduler.plugins.PluginName;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a profile says about one extension point, or about all of them.
 *
 * @param enabled  what is switched on, with its weight: at least 1
 * @param disabled what is switched off of what would be on otherwise
 * @param none     whether all of that is switched off
 */
record EnabledSet(Map<PluginName, Integer> enabled, Set<PluginName> disabled, boolean none) {
    static final EnabledSet SILENT = new EnabledSet(Map.of(), Set.of(), false);

    /** Kubernetes' name for all plug-ins. */
    private static final String ALL = "*";

    /** Says of a plug-in whether it can be named here. */
    interface Place {
        /** Fails with ConfigurationException. */
        void checkEnabled(PluginName plugin, Field name);

        void noteDisabled(PluginName plugin, Field name);

        /** Whether the plug-in has a score here, so that a weight means something. */
        boolean scores(PluginName plugin);
    }

    static EnabledSet read(Field field, Place place) {
        Section section = field.section("enabled", "disabled");
        Map<PluginName, Integer> enabled = new EnumMap<>(PluginName.class);
        for (Field item : section.items("enabled")) {
            Section entry = item.section("name", "weight");
            PluginName plugin = plugin(entry.required("name"));
            place.checkEnabled(plugin, entry.required("name"));
            if (enabled.put(plugin, weight(entry, plugin, place)) != null) {
                throw entry.wrong("name", "\"" + plugin.text() + "\" is listed twice");
            }
        }
        Set<PluginName> disabled = EnumSet.noneOf(PluginName.class);
        boolean none = false;
        for (Field item : section.items("disabled")) {
            // The type is the same as for enabled ones, though a weight says nothing here.
            Field name = item.section("name", "weight").required("name");
            if (name.text().equals(ALL)) {
                none = true;
            } else {
                disabled.add(plugin(name));
                place.noteDisabled(plugin(name), name);
            }
        }
        return new EnabledSet(enabled, disabled, none);
    }

    static PluginName plugin(Field name) {
        return PluginName.of(name.text())
                .orElseThrow(() -> name.wrong("unknown plug-in \"" + name.text() + "\"; known are " + known()));
    }

    private static String known() {
        return Arrays.stream(PluginName.values()).map(PluginName::text).sorted().collect(Collectors.joining(", "));
    }

    /** Absent and 0 mean 1 (Kubernetes scheduler 1.32). */
    private static int weight(Section entry, PluginName plugin, Place place) {
        int weight = entry.integer("weight", 0, Integer.MAX_VALUE, 0);
        if (weight > 0 && !place.scores(plugin)) {
            throw entry.wrong("weight", "\"" + plugin.text() + "\" has no score here to be weighted");
        }
        return Math.max(1, weight);
    }

    /** Tells of each plug-in that is on, given those that are on otherwise. */
    void forEachOf(Set<PluginName> otherwise, Consumer<PluginName> reader) {
        Set<PluginName> on = EnumSet.noneOf(PluginName.class);
        if (!none) {
            on.addAll(otherwise);
            on.removeAll(disabled);
        }
        on.addAll(enabled.keySet());
        on.forEach(reader);
    }
}
