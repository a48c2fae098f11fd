package dev.longshore.controllers.namespace;

import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.NamespaceCondition;
import dev.longshore.api.values.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the deletion of a namespace has come. Pure. Conditions, reasons and messages are those of Kubernetes'
 * namespace controller.
 */
final class NamespacePlan {
    /** The finalizer that is this controller's. */
    static final String FINALIZER = "kubernetes";

    /**
     * What remains.
     *
     * @param objects    how many objects by resource, {@code deployments.apps}
     * @param finalizers how many objects each finalizer holds
     * @param failures   why something could not be deleted
     */
    record Remaining(Map<String, Integer> objects, Map<String, Integer> finalizers, List<String> failures) {
        Remaining {
            objects = new TreeMap<>(objects);
            finalizers = new TreeMap<>(finalizers);
        }

        boolean nothing() {
            return objects.isEmpty() && failures.isEmpty();
        }
    }

    private NamespacePlan() {
    }

    static boolean concerns(Namespace namespace) {
        return namespace.getMetadata().hasDeletionTimestamp()
                && namespace.getSpec().getFinalizersList().contains(FINALIZER);
    }

    /** The namespace without our finalizer. */
    static Namespace finalized(Namespace namespace) {
        Namespace.Builder builder = namespace.toBuilder();
        builder.getSpecBuilder().clearFinalizers().addAllFinalizers(namespace.getSpec().getFinalizersList().stream()
                .filter(finalizer -> !finalizer.equals(FINALIZER)).toList());
        return builder.build();
    }

    /** The namespace with a status that says what remains. */
    static Namespace reported(Namespace namespace, Remaining remaining, Instant now) {
        List<NamespaceCondition> wanted = List.of(
                condition("NamespaceDeletionDiscoveryFailure", Optional.empty(), "ResourcesDiscovered",
                        "All resources successfully discovered"),
                condition("NamespaceDeletionGroupVersionParsingFailure", Optional.empty(), "ParsedGroupVersions",
                        "All legacy kube types successfully parsed"),
                remaining.failures().isEmpty()
                        ? condition("NamespaceDeletionContentFailure", Optional.empty(), "ContentDeleted",
                                "All content successfully deleted, may be waiting on finalization")
                        : condition("NamespaceDeletionContentFailure", Optional.of("ContentDeletionFailed"), "",
                                "Failed to delete all resource types, " + remaining.failures().size()
                                        + " remaining: " + String.join(", ", remaining.failures())),
                remaining.objects().isEmpty()
                        ? condition("NamespaceContentRemaining", Optional.empty(), "ContentRemoved",
                                "All content successfully removed")
                        : condition("NamespaceContentRemaining", Optional.of("SomeResourcesRemain"), "",
                                "Some resources are remaining: " + counts(remaining.objects(), ". has ")),
                remaining.finalizers().isEmpty()
                        ? condition("NamespaceFinalizersRemaining", Optional.empty(), "ContentHasNoFinalizers",
                                "All content-preserving finalizers finished")
                        : condition("NamespaceFinalizersRemaining", Optional.of("SomeFinalizersRemain"), "",
                                "Some content in the namespace has finalizers remaining: "
                                        + counts(remaining.finalizers(), " in ")));
        Namespace.Builder after = namespace.toBuilder();
        after.getStatusBuilder().setPhase("Terminating").clearConditions()
                .addAllConditions(stamped(namespace.getStatus().getConditionsList(), wanted, now));
        return after.build();
    }

    /** @param trouble the reason when the condition is True */
    private static NamespaceCondition condition(String type, Optional<String> trouble, String fine, String message) {
        return NamespaceCondition.newBuilder().setType(type).setStatus(trouble.isPresent() ? "True" : "False")
                .setReason(trouble.orElse(fine)).setMessage(message).build();
    }

    private static List<NamespaceCondition> stamped(List<NamespaceCondition> before, List<NamespaceCondition> wanted,
            Instant now) {
        List<NamespaceCondition> stamped = new ArrayList<>();
        for (NamespaceCondition condition : wanted) {
            Optional<NamespaceCondition> same = before.stream()
                    .filter(c -> c.getType().equals(condition.getType())
                            && c.getStatus().equals(condition.getStatus()))
                    .findFirst();
            stamped.add(condition.toBuilder().setLastTransitionTime(
                    same.map(NamespaceCondition::getLastTransitionTime).orElse(Times.time(now))).build());
        }
        return stamped;
    }

    private static String counts(Map<String, Integer> counts, String link) {
        return String.join(", ", counts.entrySet().stream()
                .map(entry -> entry.getKey() + link + entry.getValue() + " resource instances").toList());
    }
}
