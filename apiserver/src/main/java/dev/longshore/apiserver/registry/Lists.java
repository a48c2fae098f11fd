package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.meta.v1.StatusDetails;
import dev.longshore.apiserver.resources.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers lists, whole or in pages that all show the state of the first. */
final class Lists {
    /** Objects read from the store at a time while a selector hides most of them. */
    private static final int SCAN_SIZE = 500;

    private static final String OPTIONS = "ListOptions.meta.k8s.io";
    private static final List<String> MATCHES = List.of("Exact", "NotOlderThan");

    private final RegistryParts parts;

    Lists(RegistryParts parts) {
        this.parts = parts;
    }

    <T extends Message> Page<T> list(ResourceType<T> type, ListRequest request) {
        check(request);
        Selection<T> selection = Selection.parse(parts.resources().of(type), request.labelSelector(),
                request.fieldSelector());
        Optional<ObjectKey> single = selection.single(request.namespace());
        if (single.isPresent() && request.continueToken().isEmpty() && !request.match().equals("Exact")) {
            return one(type, single.get(), selection, request);
        }
        String prefix = Keys.in(type, request.namespace());
        ContinueToken start = request.continueToken().isEmpty()
                ? new ContinueToken(revision(request), "")
                : ContinueToken.decode(request.continueToken(), prefix);
        return collect(type, request, selection, start);
    }

    private <T extends Message> Page<T> one(ResourceType<T> type, ObjectKey key, Selection<T> selection,
            ListRequest request) {
        revision(request);
        long now = parts.storage().revision();
        List<T> items = parts.storage().get(type, key).map(Stored::object).filter(selection::matches).stream()
                .toList();
        long shown = items.isEmpty()
                ? now
                : Math.max(now, Long.parseLong(type.meta(items.getFirst()).getResourceVersion()));
        return new Page<>(Long.toString(shown), items, "", OptionalLong.empty());
    }

    private static void check(ListRequest request) {
        Causes causes = new Causes();
        if (!request.match().isEmpty() && !MATCHES.contains(request.match())) {
            causes.notSupported("resourceVersionMatch", request.match(), MATCHES);
        }
        if (!request.match().isEmpty() && request.resourceVersion().isEmpty()) {
            causes.forbidden("resourceVersionMatch",
                    "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (!request.match().isEmpty() && !request.continueToken().isEmpty()) {
            causes.forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
        }
        if (request.match().equals("Exact") && request.resourceVersion().equals("0")) {
            causes.forbidden("resourceVersionMatch",
                    "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
        if (!causes.list().isEmpty()) {
            throw RefusedOptions.of(OPTIONS, causes.list());
        }
        if (!request.continueToken().isEmpty() && !request.resourceVersion().isEmpty()
                && !request.resourceVersion().equals("0")) {
            throw ApiException.badRequest(
                    "specifying resource version is not allowed when using continue");
        }
    }

    /** The revision to show; 0 for the newest. */
    private long revision(ListRequest request) {
        long wanted = parse(request.resourceVersion());
        if (wanted == 0) {
            return 0;
        }
        long current = parts.storage().revision();
        if (wanted > current) {
            throw tooLarge(wanted, current);
        }
        boolean exact = request.match().equals("Exact") || request.match().isEmpty() && request.limit() > 0;
        return exact ? wanted : 0;
    }

    /** Fails with BAD_REQUEST for text that is no version. */
    static long parse(String resourceVersion) {
        try {
            return resourceVersion.isEmpty() ? 0 : Long.parseUnsignedLong(resourceVersion);
        } catch (NumberFormatException _) {
            Causes causes = new Causes();
            causes.invalid("resourceVersion", resourceVersion, "must be a number");
            throw ApiException.badRequest("Invalid value: \"" + resourceVersion
                    + "\": strconv.ParseUint: parsing \"" + resourceVersion + "\": invalid syntax");
        }
    }

    static ApiException tooLarge(long wanted, long current) {
        return ApiException.of(Reason.TIMEOUT, "Too large resource version: " + wanted + ", current: " + current,
                StatusDetails.newBuilder().setRetryAfterSeconds(1)
                        .addCauses(StatusCause.newBuilder().setReason("ResourceVersionTooLarge")
                                .setMessage("Too large resource version"))
                        .build());
    }

    private <T extends Message> Page<T> collect(ResourceType<T> type, ListRequest request, Selection<T> selection,
            ContinueToken start) {
        // a version of "0" takes whatever is at hand and ignores the limit, as servers with a watch cache do
        long limit = request.resourceVersion().equals("0") ? 0 : request.limit();
        List<T> items = new ArrayList<>();
        ContinueToken at = start;
        while (true) {
            ObjectStorage.Slice<T> slice = read(type, request, at, chunk(limit, items.size(), selection));
            for (int i = 0; i < slice.items().size(); i++) {
                T item = slice.items().get(i);
                if (!selection.matches(item)) {
                    continue;
                }
                items.add(item);
                boolean last = i + 1 == slice.items().size() && !slice.more();
                if (items.size() == limit && !last) {
                    return cut(type, items, slice, i + 1, selection);
                }
            }
            at = new ContinueToken(at.revision() == 0 ? slice.revision() : at.revision(), slice.lastKey());
            if (!slice.more()) {
                return new Page<>(Long.toString(at.revision()), items, "", OptionalLong.empty());
            }
        }
    }

    private static int chunk(long limit, int have, Selection<?> selection) {
        return limit == 0 ? 0 : selection.everything() ? (int) Math.min(limit - have, Integer.MAX_VALUE) : SCAN_SIZE;
    }

    private static <T extends Message> Page<T> cut(ResourceType<T> type, List<T> items,
            ObjectStorage.Slice<T> slice, int used, Selection<T> selection) {
        String last = Keys.of(type, type.key(items.getLast()));
        OptionalLong remaining = selection.everything() ? OptionalLong.of(slice.total() - used) : OptionalLong.empty();
        return new Page<>(Long.toString(slice.revision()), items, new ContinueToken(slice.revision(), last).encode(),
                remaining);
    }

    private <T extends Message> ObjectStorage.Slice<T> read(ResourceType<T> type, ListRequest request,
            ContinueToken at, int limit) {
        try {
            return parts.storage().range(type, request.namespace(), at.after(), limit, at.revision());
        } catch (ApiException refused) {
            if (refused.is(Reason.EXPIRED) && !request.continueToken().isEmpty()) {
                throw ApiException.expired("The provided continue parameter is too old to display a consistent list "
                        + "result. You must start a new list without the continue parameter.");
            }
            throw refused;
        }
    }
}
