package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.scheduling.v1.PriorityClass;
import java.util.List;

/** PriorityClasses (defaults and rules: Kubernetes API, scheduling/v1). */
final class PriorityClassResource extends GenericStrategy<PriorityClass> {
    /** The highest value outside the system's own classes. */
    private static final int MAX_VALUE = 1_000_000_000;

    private static final String SYSTEM = "system-";

    PriorityClassResource() {
        super(ResourceTypes.PRIORITY_CLASSES);
    }

    @Override
    public PriorityClass defaults(PriorityClass priorityClass) {
        PriorityClass filled = super.defaults(priorityClass);
        return filled.hasPreemptionPolicy()
                ? filled
                : filled.toBuilder().setPreemptionPolicy("PreemptLowerPriority").build();
    }

    /** The generation stays 1: what an update may change is no specification. */
    @Override
    public boolean specificationDiffers(PriorityClass priorityClass, PriorityClass other) {
        return false;
    }

    @Override
    public List<StatusCause> validate(PriorityClass priorityClass) {
        Causes causes = new Causes();
        causes.addAll(super.validate(priorityClass));
        boolean system = priorityClass.getMetadata().getName().startsWith(SYSTEM);
        if (!system && priorityClass.getValue() > MAX_VALUE) {
            causes.forbidden("value", "maximum allowed value of a user defined priority is " + MAX_VALUE);
        }
        return causes.list();
    }

    @Override
    public List<StatusCause> validateUpdate(PriorityClass priorityClass, PriorityClass stored, String subresource) {
        Causes causes = new Causes();
        if (priorityClass.getValue() != stored.getValue()) {
            causes.forbidden("value", "may not be changed in an update.");
        }
        if (!priorityClass.getPreemptionPolicy().equals(stored.getPreemptionPolicy())) {
            causes.invalid("preemptionPolicy", priorityClass.getPreemptionPolicy(), "field is immutable");
        }
        return causes.list();
    }
}
