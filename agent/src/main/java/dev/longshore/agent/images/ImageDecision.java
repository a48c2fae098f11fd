package dev.longshore.agent.images;

/** What the pull policy asks for, given whether the image is here (Kubernetes API, Container.imagePullPolicy). */
public enum ImageDecision {
    /** Use what is here. */
    USE,
    /** Ask the registry first. */
    PULL,
    /** It is not here and must not be pulled. */
    REFUSE;

    public static ImageDecision of(String policy, String image, boolean present) {
        String wanted = policy.isEmpty() ? defaultPolicy(image) : policy;
        return switch (wanted) {
            case "Always" -> PULL;
            case "Never" -> present ? USE : REFUSE;
            default -> present ? USE : PULL;
        };
    }

    private static String defaultPolicy(String image) {
        return ImageName.withTag(image).endsWith(":latest") ? "Always" : "IfNotPresent";
    }
}
