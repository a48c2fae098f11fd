package dev.longshore.scheduler.config;

import dev.longshore.api.values.LabelSelectors.Selector;
import dev.longshore.scheduler.plugins.PluginArguments.Spread;
import dev.longshore.scheduler.state.SpreadConstraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads PodTopologySpreadArgs. */
final class SpreadArguments {
    private static final String CONSTRAINTS = "defaultConstraints";
    private static final String DO_NOT_SCHEDULE = "DoNotSchedule";

    private record Kind(String topologyKey, boolean required) {}

    private SpreadArguments() {
    }

    static Spread read(Section section) {
        String type = section.value("defaultingType", field -> field.oneOf("System", "List"), "System");
        List<Field> items = section.items(CONSTRAINTS);
        if (type.equals("System")) {
            if (!items.isEmpty()) {
                throw section.wrong(CONSTRAINTS, "must be empty unless defaultingType is List");
            }
            return new Spread.OfSystem();
        }
        List<SpreadConstraint> constraints = new ArrayList<>();
        Set<Kind> kinds = new HashSet<>();
        for (Field item : items) {
            SpreadConstraint constraint = constraint(item);
            if (!kinds.add(new Kind(constraint.topologyKey(), constraint.required()))) {
                throw item.wrong("there is one of this topologyKey and whenUnsatisfiable already");
            }
            constraints.add(constraint);
        }
        return new Spread.OfList(constraints);
    }

    /** The selector is found for each pod. */
    private static SpreadConstraint constraint(Field item) {
        Section section = item.section("maxSkew", "topologyKey", "whenUnsatisfiable", "minDomains",
                "nodeAffinityPolicy", "nodeTaintsPolicy", "labelSelector", "matchLabelKeys");
        for (String name : List.of("labelSelector", "matchLabelKeys")) {
            section.field(name).ifPresent(field -> {
                throw field.wrong("must be absent: which pods count follows from each pod's Services and controller");
            });
        }
        boolean required = section.required("whenUnsatisfiable").oneOf(DO_NOT_SCHEDULE, "ScheduleAnyway")
                .equals(DO_NOT_SCHEDULE);
        if (!required && section.field("minDomains").isPresent()) {
            throw section.wrong("minDomains", "must be absent unless whenUnsatisfiable is " + DO_NOT_SCHEDULE);
        }
        return new SpreadConstraint(section.required("maxSkew").integer(1, Integer.MAX_VALUE),
                Values.qualifiedName(section.required("topologyKey")), required, Selector.NOTHING,
                section.integer("minDomains", 1, Integer.MAX_VALUE, 1),
                isHonored(section, "nodeAffinityPolicy", true), isHonored(section, "nodeTaintsPolicy", false));
    }

    private static boolean isHonored(Section section, String name, boolean otherwise) {
        return section.value(name, field -> field.oneOf("Honor", "Ignore").equals("Honor"), otherwise);
    }
}
