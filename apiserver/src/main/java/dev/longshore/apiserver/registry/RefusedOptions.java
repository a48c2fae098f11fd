package dev.longshore.apiserver.registry;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.meta.v1.StatusDetails;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses the options of a request, which belong to no resource: INVALID with one cause per option. */
final class RefusedOptions {
    private RefusedOptions() {
    }

    /** @param kind what the options are called: {@code ListOptions.meta.k8s.io} */
    static ApiException of(String kind, List<StatusCause> causes) {
        String text = causes.stream().map(cause -> cause.getField() + ": " + cause.getMessage())
                .collect(Collectors.joining(", ", causes.size() > 1 ? "[" : "", causes.size() > 1 ? "]" : ""));
        int dot = kind.indexOf('.');
        return ApiException.of(Reason.INVALID, kind + " \"\" is invalid: " + text, StatusDetails.newBuilder()
                .setGroup(kind.substring(dot + 1)).setKind(kind.substring(0, dot)).addAllCauses(causes).build());
    }
}
