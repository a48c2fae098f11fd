package dev.longshore.apiserver.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads what a request is about from its method and path. */
public final class RequestParser {
    private static final String NAME_SELECTOR = "metadata.name=";

    private RequestParser() {
    }

    /** The part of the query that decides on verb and name. */
    public record Selection(boolean watch, String fieldSelector) {}

    /** @param path decoded, without query */
    public static RequestInfo parse(String method, String path, Selection selection) {
        String[] parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toArray(String[]::new);
        List<String> segments = List.of(parts);
        RequestInfo other = RequestInfo.ofPath(method.toLowerCase(Locale.ROOT), path);
        if (segments.size() >= 3 && segments.get(0).equals("api")) {
            return resource(method, path, new Prefix("", segments.get(1)), segments.subList(2, segments.size()),
                    selection);
        }
        if (segments.size() >= 4 && segments.get(0).equals("apis")) {
            return resource(method, path, new Prefix(segments.get(1), segments.get(2)),
                    segments.subList(3, segments.size()), selection);
        }
        return other;
    }

    private record Prefix(String group, String version) {}

    private static RequestInfo resource(String method, String path, Prefix prefix, List<String> segments,
            Selection selection) {
        String namespace = "";
        List<String> rest = segments;
        if (segments.get(0).equals("namespaces") && segments.size() > 1) {
            namespace = segments.get(1);
            // /namespaces/N, /namespaces/N/status and /namespaces/N/finalize are about the namespace itself.
            boolean itself = segments.size() == 2 || segments.size() == 3
                    && (segments.get(2).equals("status") || segments.get(2).equals("finalize"));
            rest = itself ? segments : segments.subList(2, segments.size());
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "";
        String verb = verb(method, name.isEmpty(), selection);
        String named = name.isEmpty() && (verb.equals("list") || verb.equals("watch"))
                ? selectedName(selection.fieldSelector())
                : name;
        return new RequestInfo(true, verb, path, prefix.group(), prefix.version(), namespace, rest.get(0), subresource,
                named);
    }

    private static String verb(String method, boolean collection, Selection selection) {
        return switch (method) {
            case "POST" -> "create";
            case "GET", "HEAD" -> !collection ? "get" : selection.watch() ? "watch" : "list";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    /** A list of one named object is checked like a read of it. */
    private static String selectedName(String fieldSelector) {
        for (String term : fieldSelector.split(",")) {
            if (term.startsWith(NAME_SELECTOR)) {
                return term.substring(NAME_SELECTOR.length()).replaceFirst("^=", "");
            }
        }
        return "";
    }
}
