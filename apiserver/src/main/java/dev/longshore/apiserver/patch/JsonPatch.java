package dev.longshore.apiserver.patch;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON Patch (RFC 6902): operations on paths, all or none. */
public final class JsonPatch {
    /** Operations in one patch (Kubernetes API, json-patch limit). */
    static final int MAX_OPERATIONS = 10_000;

    private JsonPatch() {
    }

    /**
     * Answers the patched tree; {@code target} may be changed. Fails with BAD_REQUEST for a patch that is none, and
     * with
     * INVALID when an operation does not fit the target.
     */
    public static Object apply(Object target, Object patch) {
        if (!(patch instanceof List<?> operations)) {
            throw ApiException.badRequest("a JSON patch must be an array of operations");
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw ApiException.of(Reason.REQUEST_ENTITY_TOO_LARGE, "The allowed maximum operations in a JSON patch is "
                    + MAX_OPERATIONS + ", got " + operations.size());
        }
        Object root = target;
        for (Object operation : operations) {
            if (!(operation instanceof Map)) {
                throw ApiException.badRequest("an operation of a JSON patch must be an object");
            }
            root = step(root, JsonTree.object(operation));
        }
        return root;
    }

    private static Object step(Object root, Map<String, Object> operation) {
        String path = text(operation, "path");
        return switch (text(operation, "op")) {
            case "add" -> add(root, path, value(operation));
            case "replace" -> {
                find(root, path);
                yield path.isEmpty() ? value(operation) : add(remove(root, path, true), path, value(operation));
            }
            case "remove" -> remove(root, path, false);
            case "test" -> {
                test(root, path, value(operation));
                yield root;
            }
            case "copy" -> add(root, path, JsonTree.copy(find(root, text(operation, "from"))));
            case "move" -> {
                String from = text(operation, "from");
                Object moved = find(root, from);
                yield add(remove(root, from, false), path, moved);
            }
            default -> throw ApiException.badRequest("unknown JSON patch operation: " + operation.get("op"));
        };
    }

    private static String text(Map<String, Object> operation, String member) {
        if (operation.get(member) instanceof String text) {
            return text;
        }
        throw ApiException.badRequest("an operation of the JSON patch has no " + member);
    }

    private static Object value(Map<String, Object> operation) {
        if (!operation.containsKey("value")) {
            throw ApiException.badRequest("an operation of the JSON patch has no value");
        }
        return JsonTree.copy(operation.get("value"));
    }

    private static void test(Object root, String path, Object expected) {
        Object found = expected == JsonTree.NULL && !exists(root, path) ? JsonTree.NULL : find(root, path);
        if (!JsonTree.same(found, expected)) {
            throw refused("testing path " + path + " failed");
        }
    }

    private static boolean exists(Object root, String path) {
        Object at = root;
        for (String part : parts(path)) {
            if (at instanceof Map<?, ?> object && object.containsKey(part)) {
                at = object.get(part);
            } else if (at instanceof List<?> array && index(part, array.size() - 1) >= 0) {
                at = array.get(index(part, array.size() - 1));
            } else {
                return false;
            }
        }
        return true;
    }

    private static Object find(Object root, String path) {
        Object at = root;
        for (String part : parts(path)) {
            at = child(at, part, path);
        }
        return at;
    }

    private static Object child(Object parent, String part, String path) {
        if (parent instanceof Map<?, ?> object && object.containsKey(part)) {
            return object.get(part);
        }
        if (parent instanceof List<?> array && index(part, array.size() - 1) >= 0) {
            return array.get(index(part, array.size() - 1));
        }
        throw refused("the path " + path + " does not exist");
    }

    private static Object add(Object root, String path, Object value) {
        if (path.isEmpty()) {
            return value;
        }
        List<String> parts = parts(path);
        String last = parts.getLast();
        Object parent = find(root, path.substring(0, path.lastIndexOf('/')));
        if (parent instanceof Map) {
            JsonTree.object(parent).put(last, value);
            return root;
        }
        if (parent instanceof List<?> array) {
            int index = last.equals("-") ? array.size() : index(last, array.size());
            if (index >= 0) {
                JsonTree.array(parent).add(index, value);
                return root;
            }
        }
        throw refused("cannot add at path " + path);
    }

    private static Object remove(Object root, String path, boolean keepPlace) {
        Object parent = find(root, path.isEmpty() ? "" : path.substring(0, path.lastIndexOf('/')));
        String last = path.isEmpty() ? "" : parts(path).getLast();
        if (parent instanceof Map<?, ?> object && object.containsKey(last)) {
            if (!keepPlace) {
                object.remove(last);
            }
            return root;
        }
        if (parent instanceof List<?> array && index(last, array.size() - 1) >= 0) {
            array.remove(index(last, array.size() - 1));
            return root;
        }
        throw refused("unable to remove nonexistent key: " + path);
    }

    /** The index, counted from the end if negative; -1 when it is none or beyond {@code last}. */
    private static int index(String part, int last) {
        if (!part.matches("-?(0|[1-9][0-9]{0,8})")) {
            return -1;
        }
        int index = Integer.parseInt(part);
        int fromStart = index < 0 ? last + 1 + index : index;
        return fromStart <= last ? Math.max(fromStart, -1) : -1;
    }

    private static List<String> parts(String path) {
        if (path.isEmpty()) {
            return List.of();
        }
        if (path.charAt(0) != '/') {
            throw ApiException.badRequest("the path " + path + " of the JSON patch does not start with /");
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            parts.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return parts;
    }

    private static ApiException refused(String why) {
        return ApiException.of(Reason.INVALID, "the server rejected our request due to an error in our request:"
                + " " + why);
    }
}
