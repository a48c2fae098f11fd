package dev.longshore.apiserver.patch;

import com.google.protobuf.Descriptors.Descriptor;
import dev.longshore.api.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strategic merge patch (Kubernetes API): a merge patch that knows which lists merge element by element and by which
 * key, and obeys the directives {@code $patch}, {@code $retainKeys}, {@code $setElementOrder/…} and
 * {@code $deleteFromPrimitiveList/…}.
 *
 * <p>Example: {@code {"containers":[{"name":"b","image":"b:2"}]}} changes the image of container b and leaves the
 * others;
 * {@code {"containers":[{"name":"b","$patch":"delete"}]}} removes it.
 */
public final class StrategicMergePatch {
    static final String PATCH = "$patch";
    static final String RETAIN = "$retainKeys";
    static final String ORDER = "$setElementOrder/";
    static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() {
    }

    /**
     * Answers the patched tree; {@code target} may be changed. Fails with BAD_REQUEST for a patch that contradicts
     * itself.
     *
     * @param type of the object, whose options say how lists merge
     */
    public static Object apply(Object target, Object patch, Descriptor type) {
        if (!(patch instanceof Map)) {
            throw ApiException.badRequest("a strategic merge patch must be a JSON object");
        }
        return merge(JsonTree.object(target), JsonTree.object(patch), PatchSchema.of(type));
    }

    /** The merged object; changes {@code target}. */
    static Map<String, Object> merge(Map<String, Object> target, Map<String, Object> patch, PatchSchema schema) {
        Object directive = patch.getOrDefault(PATCH, "merge");
        if (directive.equals("delete")) {
            return new LinkedHashMap<>();
        }
        if (directive.equals("replace")) {
            return members(new LinkedHashMap<>(), patch, schema);
        }
        if (!directive.equals("merge")) {
            throw ApiException.badRequest("unknown patch directive " + PATCH + ": " + directive);
        }
        retain(target, patch);
        return members(target, patch, schema);
    }

    private static void retain(Map<String, Object> target, Map<String, Object> patch) {
        if (!(patch.get(RETAIN) instanceof List<?> keys)) {
            return;
        }
        for (String name : patch.keySet()) {
            if (!name.startsWith("$") && !keys.contains(name) && patch.get(name) != JsonTree.NULL) {
                throw ApiException.badRequest("the patch sets " + name + ", which is not in its " + RETAIN);
            }
        }
        target.keySet().retainAll(keys);
    }

    private static Map<String, Object> members(Map<String, Object> target, Map<String, Object> patch,
            PatchSchema schema) {
        ListMerge.deleteValues(target, patch);
        patch.forEach((name, value) -> {
            if (name.startsWith("$")) {
                return;
            }
            if (value == JsonTree.NULL) {
                target.remove(name);
            } else {
                target.put(name, member(target.getOrDefault(name, JsonTree.NULL), value, name, schema));
            }
        });
        ListMerge.order(target, patch, schema);
        return target;
    }

    private static Object member(Object target, Object patch, String name, PatchSchema schema) {
        if (patch instanceof Map) {
            Map<String, Object> base = target instanceof Map ? JsonTree.object(target) : new LinkedHashMap<>();
            return merge(base, JsonTree.object(patch), schema.member(name));
        }
        if (patch instanceof List<?> && schema.mergesList(name)) {
            List<Object> base = target instanceof List ? JsonTree.array(target) : List.of();
            return ListMerge.merge(base, JsonTree.array(patch), name, schema);
        }
        return patch;
    }
}
