package dev.longshore.apiserver.auth;

import java.util.List;

/**
 * Who calls, as authentication found out.
 *
 * @param uid    "" when the way of authentication knows none
 * @param groups in the order given, with {@code system:authenticated} or {@code system:unauthenticated} among them
 */
public record User(String name, String uid, List<String> groups) {
    public User {
        groups = List.copyOf(groups);
    }
}
