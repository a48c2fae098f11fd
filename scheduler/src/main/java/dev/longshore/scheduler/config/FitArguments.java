package dev.longshore.scheduler.config;

import dev.longshore.scheduler.plugins.PluginArguments;
import dev.longshore.scheduler.plugins.PluginArguments.Point;
import dev.longshore.scheduler.plugins.PluginArguments.Resource;
import dev.longshore.scheduler.plugins.PluginArguments.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads NodeResourcesFitArgs. */
final class FitArguments {
    private static final int MAX_WEIGHT = 100;
    private static final int MAX_UTILIZATION = 100;
    private static final int MAX_SHAPE_SCORE = 10;
    private static final String RATIO = "requestedToCapacityRatio";

    private FitArguments() {
    }

    static PluginArguments.Fit read(Section section) {
        PluginArguments.Fit standard = PluginArguments.STANDARD.fit();
        Set<String> ignored = names(section.items("ignoredResources"), Values::qualifiedName);
        Set<String> groups = names(section.items("ignoredResourceGroups"), Values::dnsName);
        return section.field("scoringStrategy")
                .map(field -> field.section("type", "resources", RATIO))
                .map(strategy -> new PluginArguments.Fit(strategy(strategy), resources(strategy), ignored, groups))
                .orElseGet(() -> new PluginArguments.Fit(standard.strategy(), standard.resources(), ignored, groups));
    }

    private static Set<String> names(List<Field> items, Function<Field, String> reader) {
        Set<String> names = new LinkedHashSet<>();
        items.forEach(item -> names.add(reader.apply(item)));
        return names;
    }

    private static Strategy strategy(Section section) {
        String type = section.required("type").oneOf("LeastAllocated", "MostAllocated", "RequestedToCapacityRatio");
        if (type.equals("RequestedToCapacityRatio")) {
            return new Strategy.RequestedToCapacityRatio(shape(section.required(RATIO).section("shape")));
        }
        section.field(RATIO).ifPresent(field -> {
            throw field.wrong("must be absent when the type is " + type);
        });
        return type.equals("MostAllocated") ? new Strategy.MostAllocated() : new Strategy.LeastAllocated();
    }

    private static List<Point> shape(Section section) {
        List<Point> shape = new ArrayList<>();
        for (Field item : section.required("shape").items()) {
            Section point = item.section("utilization", "score");
            int utilization = point.required("utilization").integer(0, MAX_UTILIZATION);
            if (!shape.isEmpty() && utilization <= shape.getLast().utilization()) {
                throw point.wrong("utilization", "must be more than that of the point before, which is "
                        + shape.getLast().utilization());
            }
            shape.add(new Point(utilization, point.required("score").integer(0, MAX_SHAPE_SCORE)));
        }
        if (shape.isEmpty()) {
            throw section.wrong("shape", "must have a point at least");
        }
        return shape;
    }

    private static List<Resource> resources(Section section) {
        List<Resource> resources = new ArrayList<>();
        for (Field item : section.items("resources")) {
            Section resource = item.section("name", "weight");
            String name = resourceName(resource, resources.stream().map(Resource::name).toList());
            // 0 stands for the default, as in Kubernetes.
            int weight = resource.integer("weight", 0, MAX_WEIGHT, 0);
            resources.add(new Resource(name, Math.max(1, weight)));
        }
        return resources.isEmpty() ? PluginArguments.STANDARD.fit().resources() : resources;
    }

    /** The name of a resource that is not among those before. */
    static String resourceName(Section resource, Collection<String> before) {
        String name = Values.qualifiedName(resource.required("name"));
        if (before.contains(name)) {
            throw resource.wrong("name", "\"" + name + "\" is listed twice");
        }
        return name;
    }
}
