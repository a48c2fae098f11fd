package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.NamespaceStatus;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Namespaces: kept by the {@code kubernetes} finalizer of their spec until their contents are gone. */
final class NamespaceResource extends GenericStrategy<Namespace> {
    private static final String FINALIZER = "kubernetes";
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    NamespaceResource() {
        super(ResourceTypes.NAMESPACES);
    }

    @Override
    public Set<String> subresources() {
        return Set.of("status", "finalize");
    }

    @Override
    public NameRule nameRule() {
        return NameRule.LABEL;
    }

    @Override
    public Namespace prepareForCreate(Namespace namespace) {
        Namespace.Builder prepared = labelled(namespace).toBuilder()
                .setStatus(NamespaceStatus.newBuilder().setPhase("Active"));
        if (!namespace.getSpec().getFinalizersList().contains(FINALIZER)) {
            prepared.getSpecBuilder().addFinalizers(FINALIZER);
        }
        return prepared.build();
    }

    @Override
    public List<StatusCause> validate(Namespace namespace) {
        Causes causes = new Causes();
        causes.addAll(super.validate(namespace));
        namespace.getSpec().getFinalizersList().forEach(finalizer -> {
            Checks.qualifiedName("spec.finalizers", finalizer, causes);
            if (!finalizer.contains("/") && !finalizer.equals(FINALIZER)) {
                causes.invalid("spec.finalizers", finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        });
        return causes.list();
    }

    @Override
    public Namespace prepareForUpdate(Namespace namespace, Namespace stored, String subresource) {
        if (subresource.equals("finalize")) {
            return stored.toBuilder().setMetadata(namespace.getMetadata()).setSpec(namespace.getSpec()).build();
        }
        Namespace changed = super.prepareForUpdate(namespace, stored, subresource);
        return labelled(changed.toBuilder().setSpec(stored.getSpec()).build());
    }

    private static Namespace labelled(Namespace namespace) {
        ObjectMeta meta = namespace.getMetadata();
        return meta.getName().isEmpty() || meta.getName().equals(meta.getLabelsOrDefault(NAME_LABEL, ""))
                ? namespace
                : namespace.toBuilder().setMetadata(meta.toBuilder().putLabels(NAME_LABEL, meta.getName())).build();
    }

    @Override
    public Map<String, String> selectableFields(Namespace namespace) {
        return Map.of("status.phase", namespace.getStatus().getPhase());
    }

    /** What else than metadata keeps it. */
    @Override
    public boolean isHeld(Namespace namespace) {
        return namespace.getSpec().getFinalizersCount() > 0;
    }

    @Override
    public Namespace whenMarked(Namespace namespace) {
        return namespace.toBuilder().setStatus(namespace.getStatus().toBuilder().setPhase("Terminating")).build();
    }
}
