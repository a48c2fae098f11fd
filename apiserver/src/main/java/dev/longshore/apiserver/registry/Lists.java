package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.meta.v1.StatusDetails;
import dev.longshore.apiserver.cache.Cached;
import dev.longshore.apiserver.cache.Freshness;
import dev.longshore.apiserver.cache.Snapshot;
import dev.longshore.apiserver.cache.WatchCache;
import dev.longshore.apiserver.resources.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers lists, whole or in pages that all show the state of the first. What is newest comes from the cache; a state
 * of the past, and so every page but the first, from the store.
 */
final class Lists {
    private static final String OPTIONS = "ListOptions.meta.k8s.io";
    private static final List<String> MATCHES = List.of("Exact", "NotOlderThan");

    private final RegistryParts parts;
    private final StoredPages pages;

    Lists(RegistryParts parts) {
        this.parts = parts;
        this.pages = new StoredPages(parts.storage());
    }

    <T extends Message> Page<T> list(ResourceType<T> type, ListRequest request) {
        check(request);
        Selection<T> selection = Selection.parse(parts.resources().of(type), request.labelSelector(),
                request.fieldSelector());
        if (!request.continueToken().isEmpty()) {
            return pages.after(type, request, selection,
                    ContinueToken.decode(request.continueToken(), Keys.in(type, request.namespace())));
        }
        Optional<ObjectKey> single = selection.single(request.namespace());
        long asked = parse(request.resourceVersion());
        boolean limited = request.limit() > 0 && request.match().isEmpty() && single.isEmpty();
        if (asked != 0 && (limited || request.match().equals("Exact"))) {
            parts.storage().requireReached(asked);
            return pages.after(type, request, selection, new ContinueToken(asked, ""));
        }
        WatchCache<T> cache = parts.caches().of(type);
        Freshness freshness = parts.freshness(cache, request.resourceVersion());
        if (single.isPresent()) {
            String key = Keys.of(type, single.get());
            Snapshot<T> found = ObjectStorage.await(cache.list(key, freshness));
            return first(found, found.objects().stream().filter(object -> object.key().equals(key)).toList(), 0,
                    selection);
        }
        Snapshot<T> snapshot = ObjectStorage.await(cache.list(Keys.in(type, request.namespace()), freshness));
        // a version of "0" takes whatever is at hand and ignores the limit, as servers with a watch cache do
        long limit = request.resourceVersion().equals("0") ? 0 : request.limit();
        return first(snapshot, snapshot.objects(), limit, selection);
    }

    /** The first page of what a cache has; 0 for no limit. */
    private static <T extends Message> Page<T> first(Snapshot<T> snapshot, List<Cached<T>> objects, long limit,
            Selection<T> selection) {
        String version = Long.toString(snapshot.revision());
        List<T> items = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            Cached<T> object = objects.get(i);
            if (selection.matches(object.value())) {
                items.add(object.value());
                int left = objects.size() - i - 1;
                if (items.size() == limit && left > 0) {
                    return new Page<>(version, items, new ContinueToken(snapshot.revision(), object.key()).encode(),
                            selection.everything() ? OptionalLong.of(left) : OptionalLong.empty());
                }
            }
        }
        return new Page<>(version, items, "", OptionalLong.empty());
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

    /** The version may be larger than a long holds; it is unsigned. */
    static ApiException tooLarge(long wanted, long current) {
        return ApiException.of(Reason.TIMEOUT, "Too large resource version: "
                + Long.toUnsignedString(wanted) + ", current: " + current,
                StatusDetails.newBuilder().setRetryAfterSeconds(1)
                        .addCauses(StatusCause.newBuilder().setReason("ResourceVersionTooLarge")
                                .setMessage("Too large resource version"))
                        .build());
    }
}
