package dev.longshore.apiserver.auth;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.meta.v1.StatusDetails;
import dev.longshore.apiserver.auth.Authorizer.Verdict;
import dev.longshore.apiserver.request.RequestInfo;

/** Authentication and authorisation failures in the words of the Kubernetes API. */
public final class Refusals {
    private Refusals() {
    }

    public static ApiException unauthorized() {
        return ApiException.of(Reason.UNAUTHORIZED, "Unauthorized");
    }

    /** Passes if the authoriser allows the request, else fails with FORBIDDEN. */
    public static void require(Authorizer authorizer, User user, RequestInfo request) {
        switch (authorizer.authorize(user, request)) {
            case Verdict.Allowed() -> {
            }
            case Verdict.Denied(String why) -> throw forbidden(user, request, why);
        }
    }

    static ApiException forbidden(User user, RequestInfo request, String why) {
        String reason = why.isEmpty() ? "" : ": " + why;
        if (!request.resource()) {
            return ApiException.of(Reason.FORBIDDEN, "forbidden: User \"" + user.name() + "\" cannot " + request.verb()
                    + " path \"" + request.path() + "\"" + reason);
        }
        String what = request.group().isEmpty() ? request.plural() : request.plural() + "." + request.group();
        String where = request.namespace().isEmpty() || request.plural().equals("namespaces")
                ? " at the cluster scope"
                : " in the namespace \"" + request.namespace() + "\"";
        String message = what + (request.name().isEmpty() ? "" : " \"" + request.name() + "\"")
                + " is forbidden: User \""
                + user.name() + "\" cannot " + request.verb() + " resource \"" + request.resourceAndSubresource()
                + "\" in API group \"" + request.group() + "\"" + where + reason;
        return ApiException.of(Reason.FORBIDDEN, message, StatusDetails.newBuilder().setName(request.name())
                .setGroup(request.group()).setKind(request.plural()).build());
    }
}
