package dev.longshore.scheduler.config;

import dev.longshore.scheduler.plugins.PluginArguments;
import dev.longshore.scheduler.plugins.PluginSet;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.plugins.Profile;
import dev.longshore.scheduler.plugins.Profiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the profiles of a configuration. */
final class ProfileReader {
    /** How many profiles a scheduler may have. */
    static final int MAX_PROFILES = 64;

    private static final String NAME = "schedulerName";

    private final Warnings warnings;

    ProfileReader(Warnings warnings) {
        this.warnings = warnings;
    }

    /** Without any, the default profile is there. A single one may leave its name out. */
    Profiles read(Section configuration) {
        List<Field> items = configuration.items("profiles");
        if (items.isEmpty()) {
            return Profiles.standard();
        }
        if (items.size() > MAX_PROFILES) {
            throw configuration.wrong("profiles", items.size() + " are more than " + MAX_PROFILES);
        }
        List<Profile> profiles = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (Field item : items) {
            Section section = item.section(NAME, "percentageOfNodesToScore", "plugins", "pluginConfig");
            String name = items.size() == 1
                    ? section.value(NAME, Field::text, Profile.DEFAULT_NAME)
                    : section.required(NAME).text();
            String before = places.put(name, item.path());
            if (before != null) {
                throw section.wrong(NAME, "\"" + name + "\" is the name of " + before + " already");
            }
            profiles.add(new Profile(name, plugins(section)));
        }
        return new Profiles(profiles);
    }

    private Plugins plugins(Section section) {
        KubeSchedulerConfiguration.readPercentage(section, warnings);
        PluginSet set = section.value("plugins", field -> PluginSetReader.read(field, warnings), PluginSet.STANDARD);
        PluginArguments arguments = section.value("pluginConfig", field -> ArgumentsReader.read(field, warnings),
                PluginArguments.STANDARD);
        return Plugins.of(set, arguments);
    }
}
