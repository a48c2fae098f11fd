package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.apiserver.admission.ObjectReader;
import dev.longshore.apiserver.cache.Cached;
import dev.longshore.apiserver.cache.Freshness;
import dev.longshore.apiserver.cache.WatchCache;
import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.StoreException;
import dev.longshore.apiserver.store.StoredValue;
import dev.longshore.apiserver.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Objects in the store: typed reads and conditional writes that block until they are answered. Every read shows all
 * writes that came before it; an object that a cache has decoded already is not decoded again. It knows no rule of any
 * kind. Safe for any number of threads.
 */
final class ObjectStorage implements ObjectReader {
    /** How long a request waits for the store before it fails with TIMEOUT. */
    private static final long ANSWER_TIMEOUT_SECONDS = 20;

    /** The largest object that is stored (design: 1.5 MiB). */
    static final int MAX_OBJECT_BYTES = 1536 * 1024;

    private static final System.Logger LOG = System.getLogger(ObjectStorage.class.getName());

    private final Store store;
    private final ObjectCaches caches;

    ObjectStorage(Store store, ObjectCaches caches) {
        this.store = store;
        this.caches = caches;
    }

    /** A part of a resource as of {@code revision}. */
    record Slice<T extends Message>(long revision, List<T> items, boolean more, long total, String lastKey) {}

    <T extends Message> Optional<Stored<T>> get(ResourceType<T> type, ObjectKey key) {
        String at = Keys.of(type, key);
        Optional<WatchCache<T>> cache = caches.started(type);
        if (cache.isEmpty()) {
            return await(store.get(at)).value().map(value -> decode(type, value));
        }
        Optional<Cached<T>> found = await(cache.get().getNewest(at));
        return found.map(object -> new Stored<>(object.value(), object.revision()));
    }

    /** The object that a cache has, which may be older than the store's; empty if it has none. Waits for nothing. */
    <T extends Message> Optional<Stored<T>> cached(ResourceType<T> type, ObjectKey key) {
        Optional<WatchCache<T>> cache = caches.started(type);
        return cache.flatMap(each -> each.get(Keys.of(type, key)))
                .map(object -> new Stored<>(object.value(), object.revision()));
    }

    private static <T extends Message> Stored<T> decode(ResourceType<T> type, StoredValue value) {
        try {
            return new Stored<>(ObjectCodec.decode(type, value), value.modRevision());
        } catch (StoreException _) {
            throw ApiException.internal("the stored value of " + value.key() + " cannot be read");
        }
    }

    @Override
    public <T extends Message> Optional<T> find(ResourceType<T> type, ObjectKey key) {
        return get(type, key).map(Stored::object);
    }

    @Override
    public <T extends Message> Optional<T> recent(ResourceType<T> type, ObjectKey key) {
        return caches.of(type).get(Keys.of(type, key)).map(Cached::value);
    }

    @Override
    public <T extends Message> List<T> allRecent(ResourceType<T> type) {
        return await(caches.of(type).list(Keys.all(type), new Freshness.Any())).objects().stream().map(Cached::value)
                .toList();
    }

    /**
     * Objects behind the key {@code after}, in order of namespace and name; see {@link Store#range}. A value that is no
     * object is left out, as a cache does.
     */
    <T extends Message> Slice<T> range(ResourceType<T> type, String namespace, String after, int limit,
            long revision) {
        Store.Range range = await(store.range(Keys.in(type, namespace), after, limit, revision));
        List<T> items = range.values().stream().flatMap(value -> readable(type, value).stream()).toList();
        String last = range.values().isEmpty() ? after : range.values().getLast().key();
        return new Slice<>(range.revision(), items, range.more(), range.total(), last);
    }

    private static <T extends Message> Optional<T> readable(ResourceType<T> type, StoredValue value) {
        try {
            return Optional.of(ObjectCodec.decode(type, value));
        } catch (StoreException _) {
            LOG.log(System.Logger.Level.ERROR, "key=" + value.key() + " revision=" + value.modRevision()
                    + " cannot be decoded and is left out");
            return Optional.empty();
        }
    }

    /** Writes a new object; empty when its key exists. */
    <T extends Message> Optional<Stored<T>> create(ResourceType<T> type, T object) {
        return write(type, object, 0);
    }

    /** What became of a new object that was written with others. */
    sealed interface Written<T extends Message> {
        record Done<T extends Message>(T object) implements Written<T> {}

        /** Not written: the key exists. */
        record Exists<T extends Message>() implements Written<T> {}

        /** Not written, or not known to be. */
        record Failed<T extends Message>(ApiException cause) implements Written<T> {}
    }

    /** Writes new objects of different keys, each if its key does not exist, in few transactions of the store. */
    <T extends Message> List<Written<T>> createEach(ResourceType<T> type, List<T> objects) {
        List<Store.Put> puts = objects.stream().map(object -> put(type, object, 0)).toList();
        List<CompletableFuture<WriteResult>> answers = store.putEach(
                puts.stream().filter(ObjectStorage::fits).toList());
        List<Written<T>> results = new ArrayList<>(puts.size());
        int answered = 0;
        for (int i = 0; i < puts.size(); i++) {
            results.add(fits(puts.get(i))
                    ? written(type, objects.get(i), answers.get(answered++))
                    : new Written.Failed<>(tooLarge(puts.get(i).value().length)));
        }
        return results;
    }

    private static <T extends Message> Written<T> written(ResourceType<T> type, T object,
            CompletableFuture<WriteResult> answer) {
        try {
            return switch (await(answer)) {
                case WriteResult.Written written -> new Written.Done<>(
                        ObjectCodec.withVersion(type, object, Long.toString(written.revision())));
                case WriteResult.Mismatch _ -> new Written.Exists<>();
            };
        } catch (ApiException e) {
            return new Written.Failed<>(e);
        }
    }

    /** Replaces the object of this revision; empty when it has another by now. */
    <T extends Message> Optional<Stored<T>> replace(ResourceType<T> type, T object, long expected) {
        return write(type, object, expected);
    }

    /** An object to be written over the one of this revision. */
    record Replacement<T extends Message>(T object, long expected) {}

    /** What became of a replacement. */
    sealed interface Replaced<T extends Message> {
        record Done<T extends Message>() implements Replaced<T> {}

        /** Not done: this is what the store has, if anything. */
        record Other<T extends Message>(Optional<Stored<T>> current) implements Replaced<T> {}

        /** Not done, or not known to be. */
        record Failed<T extends Message>(ApiException cause) implements Replaced<T> {}
    }

    /** Replaces different objects, each if it still has its revision, in few transactions of the store. */
    <T extends Message> List<Replaced<T>> replaceEach(ResourceType<T> type, List<Replacement<T>> replacements) {
        List<CompletableFuture<WriteResult>> answers = store.putEach(replacements.stream()
                .map(each -> new Store.Put(Keys.of(type, type.key(each.object())),
                        ObjectCodec.encode(type, each.object()), each.expected()))
                .toList());
        return answers.stream().map(answer -> replaced(type, answer)).toList();
    }

    private static <T extends Message> Replaced<T> replaced(ResourceType<T> type,
            CompletableFuture<WriteResult> answer) {
        try {
            return switch (await(answer)) {
                case WriteResult.Written _ -> new Replaced.Done<>();
                case WriteResult.Mismatch mismatch ->
                    new Replaced.Other<>(mismatch.current().map(value -> decode(type, value)));
            };
        } catch (ApiException e) {
            return new Replaced.Failed<>(e);
        }
    }

    private <T extends Message> Optional<Stored<T>> write(ResourceType<T> type, T object, long expected) {
        Store.Put put = put(type, object, expected);
        if (!fits(put)) {
            throw tooLarge(put.value().length);
        }
        return switch (await(store.putEach(List.of(put)).getFirst())) {
            case WriteResult.Written written -> Optional.of(new Stored<>(
                    ObjectCodec.withVersion(type, object, Long.toString(written.revision())), written.revision()));
            case WriteResult.Mismatch _ -> Optional.empty();
        };
    }

    private static <T extends Message> Store.Put put(ResourceType<T> type, T object, long expected) {
        return new Store.Put(Keys.of(type, type.key(object)), ObjectCodec.encode(type, object), expected);
    }

    private static boolean fits(Store.Put put) {
        return put.value().length <= MAX_OBJECT_BYTES;
    }

    private static ApiException tooLarge(int bytes) {
        return ApiException.of(Reason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: the object has " + bytes
                + " bytes, the limit is " + MAX_OBJECT_BYTES);
    }

    /** Deletes the object of this revision; answers the revision of the deletion, or empty when it has another. */
    OptionalLong delete(ResourceType<?> type, ObjectKey key, long expected) {
        return switch (await(store.delete(Keys.of(type, key), OptionalLong.of(expected)))) {
            case WriteResult.Written written -> OptionalLong.of(written.revision());
            case WriteResult.Mismatch _ -> OptionalLong.empty();
        };
    }

    /** Fails with TIMEOUT when the store is not at this revision yet. */
    void requireReached(long revision) {
        long current = await(store.revision());
        if (Long.compareUnsigned(revision, current) > 0) {
            throw Lists.tooLarge(revision, current);
        }
    }

    /** Waits for an answer of the store; its failures become what a client sees. */
    static <V> V await(CompletableFuture<? extends V> answer) {
        try {
            return answer.get(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            throw ApiException.of(Reason.TIMEOUT, "the store did not answer within " + ANSWER_TIMEOUT_SECONDS + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ApiException.of(Reason.SERVICE_UNAVAILABLE, "the server is stopping");
        } catch (ExecutionException failure) {
            throw switch (failure.getCause()) {
                case StoreException refused -> toApi(refused);
                case ApiException known -> known;
                case null, default -> ApiException.internal(String.valueOf(failure.getCause()));
            };
        }
    }

    static ApiException toApi(StoreException failure) {
        return switch (failure.kind()) {
            case COMPACTED -> ApiException.expired("The resourceVersion for the provided list is too old.");
            case FUTURE -> ApiException.of(Reason.TIMEOUT, "Too large resource version");
            case TOO_LARGE -> ApiException.of(Reason.REQUEST_ENTITY_TOO_LARGE,
                    "Request entity too large: the store refuses the object");
            case UNKNOWN -> ApiException.of(Reason.TIMEOUT, "the store gave no answer in time");
            case NOT_FOUND, UNAVAILABLE -> ApiException.of(Reason.SERVICE_UNAVAILABLE, "the store is not available");
        };
    }
}
