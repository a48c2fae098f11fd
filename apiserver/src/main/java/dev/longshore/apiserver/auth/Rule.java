package dev.longshore.apiserver.auth;

import dev.longshore.apiserver.request.RequestInfo;
import java.util.Set;

/**
 * One permission.
 *
 * @param resources as {@code pods} or {@code pods/status}
 */
record Rule(String group, Set<String> resources, Set<String> verbs) {
    private static final Set<String> READ = Set.of("get", "list", "watch");
    private static final Set<String> WRITE = Set.of("get", "list", "watch", "create", "update", "patch", "delete",
            "deletecollection");

    static Rule read(String group, String... resources) {
        return new Rule(group, Set.of(resources), READ);
    }

    static Rule write(String group, String... resources) {
        return new Rule(group, Set.of(resources), WRITE);
    }

    static Rule of(String group, Set<String> verbs, String... resources) {
        return new Rule(group, Set.of(resources), verbs);
    }

    boolean allows(RequestInfo request) {
        return group.equals(request.group()) && resources.contains(request.resourceAndSubresource())
                && verbs.contains(request.verb());
    }
}
