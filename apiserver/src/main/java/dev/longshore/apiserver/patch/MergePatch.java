package dev.longshore.apiserver.patch;

import dev.longshore.api.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON merge patch (RFC 7386): objects merge, null removes, everything else replaces. */
public final class MergePatch {
    private MergePatch() {
    }

    /** Answers the patched tree; {@code target} may be changed. Fails with BAD_REQUEST when the patch is no object. */
    public static Object apply(Object target, Object patch) {
        if (!(patch instanceof Map)) {
            throw ApiException.badRequest("a merge patch must be a JSON object");
        }
        return merge(target, patch);
    }

    private static Object merge(Object target, Object patch) {
        if (!(patch instanceof Map)) {
            return patch;
        }
        Map<String, Object> result = target instanceof Map ? JsonTree.object(target) : new LinkedHashMap<>();
        JsonTree.object(patch).forEach((name, value) -> {
            if (value == JsonTree.NULL) {
                result.remove(name);
            } else {
                result.put(name, merge(result.getOrDefault(name, JsonTree.NULL), value));
            }
        });
        return result;
    }
}
