package dev.longshore.scheduler.config;

import dev.longshore.api.core.v1.NodeAffinity;
import dev.longshore.scheduler.plugins.PluginArguments;
import dev.longshore.scheduler.plugins.PluginName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what a profile tells its plug-ins. What it does not tell is as in the default profile. Each plug-in's fields and
 * bounds are those of its {@code Args} type in Kubernetes 1.32.
 */
final class ArgumentsReader {
    private static final int MAX_HARD_WEIGHT = 100;
    private static final int MAX_CANDIDATES_PERCENT = 100;
    private static final int DEFAULT_CANDIDATES_PERCENT = 10;
    private static final int DEFAULT_CANDIDATES = 100;

    private final Warnings warnings;
    private final Set<PluginName> told = EnumSet.noneOf(PluginName.class);
    private PluginArguments.Fit fit = PluginArguments.STANDARD.fit();
    private List<String> balanced = PluginArguments.STANDARD.balanced();
    private PluginArguments.PodAffinity podAffinity = PluginArguments.STANDARD.podAffinity();
    private PluginArguments.Spread spread = PluginArguments.STANDARD.spread();
    private NodeAffinity addedAffinity = PluginArguments.STANDARD.addedAffinity();
    private Duration volumeLimit = PluginArguments.STANDARD.volumeLimit();

    private ArgumentsReader(Warnings warnings) {
        this.warnings = warnings;
    }

    static PluginArguments read(Field pluginConfig, Warnings warnings) {
        ArgumentsReader reader = new ArgumentsReader(warnings);
        pluginConfig.items().forEach(reader::readEntry);
        return new PluginArguments(reader.fit, reader.balanced, reader.podAffinity, reader.spread,
                reader.addedAffinity, reader.volumeLimit);
    }

    private void readEntry(Field item) {
        Section entry = item.section("name", "args");
        Field name = entry.required("name");
        PluginName plugin = EnabledSet.plugin(name);
        if (!told.add(plugin)) {
            throw name.wrong("\"" + plugin.text() + "\" is configured twice");
        }
        entry.field("args").ifPresent(args -> readArguments(plugin, args));
    }

    private void readArguments(PluginName plugin, Field args) {
        switch (plugin) {
            case NODE_RESOURCES_FIT -> fit = FitArguments.read(
                    section(plugin, args, "ignoredResources", "ignoredResourceGroups", "scoringStrategy"));
            case NODE_RESOURCES_BALANCED_ALLOCATION -> balanced = readBalanced(section(plugin, args, "resources"));
            case INTER_POD_AFFINITY -> podAffinity = readPodAffinity(
                    section(plugin, args, "hardPodAffinityWeight", "ignorePreferredTermsOfExistingPods"));
            case POD_TOPOLOGY_SPREAD ->
                spread = SpreadArguments.read(section(plugin, args, "defaultingType", "defaultConstraints"));
            case NODE_AFFINITY -> addedAffinity = section(plugin, args, "addedAffinity").value("addedAffinity",
                    NodeAffinityReader::read, addedAffinity);
            case VOLUME_BINDING -> volumeLimit = readVolumeLimit(section(plugin, args, "bindTimeoutSeconds", "shape"));
            case DEFAULT_PREEMPTION -> readPreemption(
                    section(plugin, args, "minCandidateNodesPercentage", "minCandidateNodesAbsolute"));
            case SCHEDULING_GATES, PRIORITY_SORT, NODE_UNSCHEDULABLE, NODE_NAME, TAINT_TOLERATION, NODE_PORTS,
                    VOLUME_RESTRICTIONS, NODE_VOLUME_LIMITS, VOLUME_ZONE, IMAGE_LOCALITY, DEFAULT_BINDER ->
                throw args.wrong("\"" + plugin.text() + "\" has no arguments");
        }
    }

    /** Arguments may say of which type they are. */
    private static Section section(PluginName plugin, Field args, String... known) {
        Section section = args
                .section(Stream.concat(Stream.of(known), Stream.of("apiVersion", "kind")).toArray(String[]::new));
        section.field("apiVersion").ifPresent(version -> version.oneOf(KubeSchedulerConfiguration.API_VERSION));
        section.field("kind").ifPresent(kind -> kind.oneOf(plugin.text() + "Args"));
        return section;
    }

    private static List<String> readBalanced(Section section) {
        List<String> names = new ArrayList<>();
        for (Field item : section.items("resources")) {
            Section resource = item.section("name", "weight");
            // 0 stands for the default, which is 1, and nothing else is allowed.
            resource.integer("weight", 0, 1, 0);
            names.add(FitArguments.resourceName(resource, names));
        }
        return names.isEmpty() ? PluginArguments.STANDARD.balanced() : names;
    }

    private static PluginArguments.PodAffinity readPodAffinity(Section section) {
        PluginArguments.PodAffinity standard = PluginArguments.STANDARD.podAffinity();
        return new PluginArguments.PodAffinity(
                section.integer("hardPodAffinityWeight", 0, MAX_HARD_WEIGHT, standard.requiredWeight()),
                section.value("ignorePreferredTermsOfExistingPods", Field::truth, standard.ownWishesOnly()));
    }

    private static Duration readVolumeLimit(Section section) {
        if (section.field("shape").isPresent()) {
            throw section.wrong("shape", "nodes are not scored by the capacity of volumes");
        }
        return section.value("bindTimeoutSeconds", field -> Duration.ofSeconds(field.integer(0, Integer.MAX_VALUE)),
                PluginArguments.STANDARD.volumeLimit());
    }

    private void readPreemption(Section section) {
        int percentage = section.integer("minCandidateNodesPercentage", 0, MAX_CANDIDATES_PERCENT,
                DEFAULT_CANDIDATES_PERCENT);
        int absolute = section.integer("minCandidateNodesAbsolute", 0, Integer.MAX_VALUE, DEFAULT_CANDIDATES);
        if (percentage == 0 && absolute == 0) {
            throw section.wrong("minCandidateNodesPercentage", "must not be 0 while minCandidateNodesAbsolute is 0");
        }
        for (String name : List.of("minCandidateNodesPercentage", "minCandidateNodesAbsolute")) {
            section.field(name).ifPresent(
                    field -> warnings.add(field, "no effect: every node is a candidate for preemption"));
        }
    }
}
