package dev.longshore.apiserver.registry;

import java.util.OptionalLong;

/**
 * A list as it was asked for (Kubernetes API, list parameters).
 *
 * @param namespace       "" for all
 * @param labelSelector   in the API's syntax, "" for all
 * @param fieldSelector   in the API's syntax, "" for all
 * @param resourceVersion "": newest; "0": whatever is at hand; a number: see {@code match}
 * @param match           "", "NotOlderThan" or "Exact"
 * @param limit           0: no limit
 * @param continueToken   "" for the first page
 */
public record ListRequest(String namespace, String labelSelector, String fieldSelector, String resourceVersion,
        String match, long limit, String continueToken) {
    public static ListRequest newest(String namespace, String labelSelector, String fieldSelector) {
        return new ListRequest(namespace, labelSelector, fieldSelector, "", "", 0, "");
    }

    /** A page's remaining count is told only when no selector hides items. */
    public boolean selects() {
        return !labelSelector.isEmpty() || !fieldSelector.isEmpty();
    }

    /** The limit, if there is one. */
    public OptionalLong limitIfAny() {
        return limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty();
    }
}
