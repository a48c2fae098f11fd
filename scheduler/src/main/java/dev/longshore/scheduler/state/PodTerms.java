package dev.longshore.scheduler.state;

import java.util.List;

/** The wishes of a pod about other pods (Kubernetes API, PodAffinity and PodAntiAffinity). */
public record PodTerms(List<PodTerm> requiredAffinity, List<PodTerm> requiredAntiAffinity,
        List<PodTerm> preferredAffinity, List<PodTerm> preferredAntiAffinity) {
    public static final PodTerms NONE = new PodTerms(List.of(), List.of(), List.of(), List.of());

    public PodTerms {
        requiredAffinity = List.copyOf(requiredAffinity);
        requiredAntiAffinity = List.copyOf(requiredAntiAffinity);
        preferredAffinity = List.copyOf(preferredAffinity);
        preferredAntiAffinity = List.copyOf(preferredAntiAffinity);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
