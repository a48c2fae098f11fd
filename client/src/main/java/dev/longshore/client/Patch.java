package dev.longshore.client;

/**
 * A change to an object without reading it first.
 *
 * @param document JSON text
 */
public record Patch(Kind kind, String document, Target target) {
    /** How the document is read (Kubernetes API, patch content types). */
    public enum Kind {
        JSON, MERGE, STRATEGIC_MERGE
    }

    /** What of the object may change. */
    public enum Target {
        OBJECT, STATUS
    }

    public static Patch merge(String document) {
        return new Patch(Kind.MERGE, document, Target.OBJECT);
    }
}
