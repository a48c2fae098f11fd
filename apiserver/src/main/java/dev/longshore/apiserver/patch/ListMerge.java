package dev.longshore.apiserver.patch;

import dev.longshore.api.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lists of a strategic merge patch. */
final class ListMerge {
    private ListMerge() {
    }

    /** The merged list: stored elements keep their places, new ones come first. */
    static List<Object> merge(List<Object> target, List<Object> patch, String name, PatchSchema schema) {
        Optional<String> key = schema.mergeKey(name);
        if (key.isEmpty()) {
            List<Object> result = new ArrayList<>();
            patch.stream().filter(value -> index(target, value) < 0 && index(result, value) < 0).forEach(result::add);
            result.addAll(target);
            return result;
        }
        boolean replaces = patch.stream().anyMatch(element -> is(element, "replace"));
        return mergeObjects(replaces ? List.of() : target,
                patch.stream().filter(element -> !is(element, "replace")).toList(), key.get(), schema.member(name));
    }

    private static boolean is(Object element, String directive) {
        return element instanceof Map<?, ?> object && directive.equals(object.get(StrategicMergePatch.PATCH));
    }

    private static List<Object> mergeObjects(List<Object> target, List<Object> patch, String key,
            PatchSchema schema) {
        List<Object> kept = new ArrayList<>(target);
        List<Object> added = new ArrayList<>();
        for (Object element : patch) {
            Map<String, Object> change = object(element);
            Object id = id(change, key);
            if (is(element, "delete")) {
                kept.removeIf(item -> matches(item, key, id));
                continue;
            }
            int at = position(kept, key, id);
            if (at >= 0) {
                kept.set(at, StrategicMergePatch.merge(JsonTree.object(kept.get(at)), change, schema));
            } else {
                added.add(StrategicMergePatch.merge(new LinkedHashMap<>(), change, schema));
            }
        }
        added.addAll(kept);
        return added;
    }

    private static Map<String, Object> object(Object element) {
        if (element instanceof Map) {
            return JsonTree.object(element);
        }
        throw ApiException.badRequest("the patch has a plain value in a list of objects");
    }

    private static Object id(Map<String, Object> element, String key) {
        if (!element.containsKey(key)) {
            throw ApiException.badRequest("an element of the patch does not contain its merge key: " + key);
        }
        return element.get(key);
    }

    private static boolean matches(Object item, String key, Object id) {
        return item instanceof Map<?, ?> object && object.containsKey(key) && JsonTree.same(object.get(key), id);
    }

    private static int position(List<Object> items, String key, Object id) {
        for (int i = 0; i < items.size(); i++) {
            if (matches(items.get(i), key, id)) {
                return i;
            }
        }
        return -1;
    }

    private static int index(List<Object> values, Object value) {
        for (int i = 0; i < values.size(); i++) {
            if (JsonTree.same(values.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    /** Obeys {@code $deleteFromPrimitiveList}. */
    static void deleteValues(Map<String, Object> target, Map<String, Object> patch) {
        patch.forEach((directive, values) -> {
            if (directive.startsWith(StrategicMergePatch.DELETE_FROM) && values instanceof List) {
                String name = directive.substring(StrategicMergePatch.DELETE_FROM.length());
                if (target.get(name) instanceof List<?> list) {
                    list.removeIf(value -> index(JsonTree.array(values), value) >= 0);
                }
            }
        });
    }

    /** Obeys {@code $setElementOrder}. */
    static void order(Map<String, Object> target, Map<String, Object> patch, PatchSchema schema) {
        patch.forEach((directive, order) -> {
            if (directive.startsWith(StrategicMergePatch.ORDER) && order instanceof List) {
                String name = directive.substring(StrategicMergePatch.ORDER.length());
                Optional<String> key = schema.mergeKey(name);
                requireAll(patch.get(name) instanceof List<?> ? JsonTree.array(patch.get(name)) : List.of(),
                        JsonTree.array(order), key);
                if (target.get(name) instanceof List) {
                    target.put(name, ordered(JsonTree.array(target.get(name)), JsonTree.array(order), key));
                }
            }
        });
    }

    private static void requireAll(List<Object> elements, List<Object> order, Optional<String> key) {
        for (Object element : elements) {
            if (!is(element, "delete") && !is(element, "replace") && rank(element, order, key) < 0) {
                throw ApiException.badRequest("the order in the patch does not name all elements of its list");
            }
        }
    }

    private static int rank(Object element, List<Object> order, Optional<String> key) {
        return key.isEmpty() ? index(order, element) : position(order, key.get(), id(object(element), key.get()));
    }

    /**
     * The elements that the order names, in its order, and between them the others, each before the first named element
     * that stood behind it.
     */
    private static List<Object> ordered(List<Object> items, List<Object> order, Optional<String> key) {
        List<Integer> named = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            (rank(items.get(i), order, key) >= 0 ? named : others).add(i);
        }
        named.sort((a, b) -> Integer.compare(rank(items.get(a), order, key), rank(items.get(b), order, key)));
        List<Object> result = new ArrayList<>();
        int next = 0;
        for (int position : named) {
            while (next < others.size() && others.get(next) < position) {
                result.add(items.get(others.get(next++)));
            }
            result.add(items.get(position));
        }
        others.subList(next, others.size()).forEach(position -> result.add(items.get(position)));
        return result;
    }
}
