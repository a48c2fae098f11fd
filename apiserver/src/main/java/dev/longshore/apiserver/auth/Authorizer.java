package dev.longshore.apiserver.auth;

import dev.longshore.apiserver.request.RequestInfo;

/** Decides whether a user may do what a request asks. Any thread; must not block for long. */
public interface Authorizer {
    Verdict authorize(User user, RequestInfo request);

    /** The answer. */
    sealed interface Verdict {
        record Allowed() implements Verdict {}

        /** @param why for people; "" when there is nothing more to say than that no rule allows it */
        record Denied(String why) implements Verdict {}
    }
}
