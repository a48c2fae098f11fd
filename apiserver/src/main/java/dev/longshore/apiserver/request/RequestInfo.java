package dev.longshore.apiserver.request;

/**
 * What a request asks for, in the terms of authorisation (Kubernetes API, request attributes). Every text is "" where
 * it does not apply.
 *
 * @param resource    whether it is about an API resource; else only {@code verb} and {@code path} count
 * @param verb        get, list, watch, create, update, patch, delete, deletecollection; for other paths the HTTP method
 *                    in lower case
 * @param group       "" for the core group
 * @param namespace   "" for cluster-scoped resources and for all namespaces
 * @param plural      the resource as in paths: {@code pods}
 * @param subresource {@code status}; whatever follows the name
 * @param name        "" for collections
 */
public record RequestInfo(boolean resource, String verb, String path, String group, String version, String namespace,
        String plural, String subresource, String name) {
    /** A request about a path that is no resource. */
    public static RequestInfo ofPath(String verb, String path) {
        return new RequestInfo(false, verb, path, "", "", "", "", "", "");
    }

    /** {@code pods/log}, or the resource alone. */
    public String resourceAndSubresource() {
        return subresource.isEmpty() ? plural : plural + "/" + subresource;
    }

    /** Runs for as long as the client likes. */
    public boolean longRunning() {
        return resource && (verb.equals("watch") || switch (subresource) {
            case "log", "exec", "attach", "portforward", "proxy" -> true;
            default -> false;
        });
    }

    /** As rules and logs name it. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
