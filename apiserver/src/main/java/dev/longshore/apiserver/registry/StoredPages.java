package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Pages of a state of the past, read from the store. */
final class StoredPages {
    /** Objects read from the store at a time while a selector hides most of them. */
    private static final int SCAN_SIZE = 500;

    private final ObjectStorage storage;

    StoredPages(ObjectStorage storage) {
        this.storage = storage;
    }

    /** The page behind {@code start}, as of its revision. Fails with EXPIRED when the store has forgotten that. */
    <T extends Message> Page<T> after(ResourceType<T> type, ListRequest request, Selection<T> selection,
            ContinueToken start) {
        long limit = request.limit();
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
            at = new ContinueToken(start.revision(), slice.lastKey());
            if (!slice.more()) {
                return new Page<>(Long.toString(start.revision()), items, "", OptionalLong.empty());
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
            return storage.range(type, request.namespace(), at.after(), limit, at.revision());
        } catch (ApiException refused) {
            if (refused.is(Reason.EXPIRED) && !request.continueToken().isEmpty()) {
                throw ApiException.expired("The provided continue parameter is too old to display a consistent list "
                        + "result. You must start a new list without the continue parameter.");
            }
            throw refused;
        }
    }
}
