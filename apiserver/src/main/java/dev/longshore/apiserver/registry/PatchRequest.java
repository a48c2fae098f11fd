package dev.longshore.apiserver.registry;

/**
 * A patch as it was sent.
 *
 * @param document JSON bytes; for APPLY the whole intent, YAML turned into JSON
 * @param force    APPLY: takes fields from other managers
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record PatchRequest(Kind kind, byte[] document, boolean force) {
    /** The content type of the patch (Kubernetes API). */
    public enum Kind {
        JSON, MERGE, STRATEGIC_MERGE, APPLY
    }
}
