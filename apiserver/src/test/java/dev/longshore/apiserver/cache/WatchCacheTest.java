package dev.longshore.apiserver.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.apiserver.store.InMemoryStore;
import dev.longshore.apiserver.store.Store;
import dev.longshore.apiserver.store.StoredValue;
import dev.longshore.apiserver.store.WriteResult;
import dev.longshore.client.fake.SimulatedTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache over a store, all on one thread with time moved by hand. */
class WatchCacheTest {
    private static final CacheLimits SMALL = new CacheLimits(4, 2, 2, Duration.ofSeconds(3));

    private final SimulatedTime world = new SimulatedTime(1);
    private final TextDecoder decoder = new TextDecoder();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Store store;
    private WatchCache<String> cache;

    @BeforeEach
    void open() {
        store = new InMemoryStore(world.inlineEnvironment());
        cache = cache(store);
    }

    private WatchCache<String> cache(Store fedBy) {
        return new WatchCache<>(fedBy, new CacheConfig("things", "/p/", SMALL), decoder, world.inlineEnvironment(),
                meters);
    }

    private long write(String key, String value) {
        return ((WriteResult.Written) store.put(key, value.getBytes(UTF_8), OptionalLong.empty(), Optional.empty())
                .join()).revision();
    }

    private void remove(String key) {
        assertThat(store.delete(key, OptionalLong.empty()).join()).isInstanceOf(WriteResult.Written.class);
    }

    private List<String> list(Freshness freshness) {
        return cache.list("/p/", freshness).join().objects().stream().map(Cached::value).toList();
    }

    private static ApiException failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("it did not fail");
        } catch (CompletionException e) {
            return (ApiException) e.getCause();
        }
    }

    @Test
    void listsWhatWasThereAndWhatCame() {
        write("/p/b", "1");
        write("/p/a", "1");
        write("/p/c", "1");
        write("/q/x", "1");
        cache.start();
        write("/p/a", "2");
        remove("/p/b");

        assertThat(list(new Freshness.Newest())).containsExactly("/p/a=2", "/p/c=1");
        assertThat(list(new Freshness.Any())).containsExactly("/p/a=2", "/p/c=1");
        assertThat(cache.list("/p/c", new Freshness.Newest()).join().objects()).hasSize(1);
        assertThat(cache.get("/p/a").orElseThrow().revision()).isEqualTo(6);
        assertThat(cache.get("/p/b")).isEmpty();
        assertThat(meters.get("apiserver_storage_objects").gauge().value()).isEqualTo(2);
    }

    @Test
    void aConsistentListShowsTheStoresRevisionEvenIfNothingOfItsOwnChanged() {
        cache.start();
        long elsewhere = write("/q/x", "1");

        assertThat(cache.list("/p/", new Freshness.Newest()).join().revision()).isEqualTo(elsewhere);
    }

    @Test
    void objectsAreDecodedOnceAndShared() {
        cache.start();
        write("/p/a", "1");
        Cached<String> listed = cache.list("/p/", new Freshness.Newest()).join().objects().getFirst();

        assertThat(cache.getNewest("/p/a").join()).containsSame(listed);
        assertThat(decoder.decoded()).isEqualTo(1);
        byte[] encoded = listed.encoded("json", value -> value.getBytes(UTF_8));
        assertThat(cache.get("/p/a").orElseThrow().encoded("json", value -> new byte[0])).isSameAs(encoded);
    }

    @Test
    void readsBeforeTheFirstListWaitForABoundedTime() {
        CompletableFuture<Snapshot<String>> early = cache.list("/p/", new Freshness.Any());
        assertThat(early).isNotDone();
        world.advance(SMALL.waitLimit());
        assertThat(failure(early).reason()).isEqualTo(Reason.TIMEOUT);

        CompletableFuture<Snapshot<String>> patient = cache.list("/p/", new Freshness.Newest());
        cache.start();
        assertThat(patient).isCompleted();
    }

    @Test
    void aRevisionOfTheFutureIsAwaitedAndThenRefused() {
        cache.start();
        CompletableFuture<Snapshot<String>> lucky = cache.list("/p/", new Freshness.AtLeast(2));
        assertThat(lucky).isNotDone();
        write("/p/a", "1");
        assertThat(lucky.join().revision()).isEqualTo(2);

        CompletableFuture<Snapshot<String>> tooFar = cache.list("/p/", new Freshness.AtLeast(99));
        world.advance(SMALL.waitLimit());
        ApiException refused = failure(tooFar);
        assertThat(refused.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(refused).hasMessage("Too large resource version: 99, current: 2");
        assertThat(refused.status().getDetails().getCauses(0).getReason()).isEqualTo("ResourceVersionTooLarge");
        assertThat(refused.status().getDetails().getRetryAfterSeconds()).isEqualTo(1);
    }

    @Test
    void aWatchTellsTypePreviousAndRevision() {
        cache.start();
        WatcherProbe probe = WatcherProbe.quick();
        cache.watch("/p/n1/", cache.revision(), probe);
        write("/p/n1/a", "1");
        write("/p/n2/a", "1");
        write("/p/n1/a", "2");
        remove("/p/n1/a");

        assertThat(probe.story()).containsExactly("ADDED /p/n1/a=1@2", "MODIFIED /p/n1/a=2@4", "DELETED /p/n1/a=2@5");
        assertThat(probe.events().getLast().object().revision()).isEqualTo(5);
    }

    @Test
    void aWatchFromThePastGetsTheWindowAndAnOlderOneIsExpired() {
        cache.start();
        for (int i = 2; i <= 7; i++) {
            write("/p/a", "" + i);
        }
        WatcherProbe probe = WatcherProbe.quick();
        probe.startingWith(new Snapshot<>(4, List.of(new Cached<>("/p/a", "/p/a=4", 2, 4))));
        cache.watch("/p/", 4, probe);

        assertThat(probe.story()).containsExactly("MODIFIED /p/a=5@5", "MODIFIED /p/a=6@6", "MODIFIED /p/a=7@7");
        assertThatThrownBy(() -> cache.watch("/p/", 2, WatcherProbe.quick())).isInstanceOfSatisfying(ApiException.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.EXPIRED))
                .hasMessage("too old resource version: 2 (3)");
    }

    @Test
    void aFullWatcherGetsNothingUntilItIsReadyAndThenEverything() {
        cache.start();
        WatcherProbe probe = new WatcherProbe(1);
        CacheWatch watch = cache.watch("/p/", cache.revision(), probe);
        write("/p/a", "1");
        write("/p/a", "2");
        write("/p/a", "3");
        assertThat(probe.events()).hasSize(1);

        probe.setRoom(9);
        watch.ready();
        assertThat(probe.story()).containsExactly("ADDED /p/a=1@2", "MODIFIED /p/a=2@3", "MODIFIED /p/a=3@4");
    }

    @Test
    void aWatcherThatFallsPastTheWindowIsToldAndDelaysNobody() {
        cache.start();
        WatcherProbe slow = new WatcherProbe(1);
        WatcherProbe quick = WatcherProbe.quick();
        CacheWatch watch = cache.watch("/p/", cache.revision(), slow);
        cache.watch("/p/", cache.revision(), quick);
        for (int i = 0; i < 6; i++) {
            write("/p/a", "" + i);
        }

        assertThat(quick.events()).hasSize(6);
        assertThat(slow.events()).hasSize(1);
        assertThat(slow.end().orElseThrow().reason()).isEqualTo(Reason.EXPIRED);
        watch.ready();
        assertThat(slow.events()).hasSize(1);
    }

    @Test
    void aBookmarkComesAfterEverythingBeforeIt() {
        cache.start();
        WatcherProbe probe = new WatcherProbe(1);
        CacheWatch watch = cache.watch("/p/", cache.revision(), probe);
        write("/p/a", "1");
        write("/p/a", "2");
        watch.requestBookmark();
        assertThat(probe.bookmarks()).isEmpty();

        probe.setRoom(9);
        watch.ready();
        assertThat(probe.bookmarks()).containsExactly(3L);
        long elsewhere = write("/q/a", "1");
        cache.await(new Freshness.Newest()).join();
        watch.requestBookmark();
        assertThat(probe.bookmarks()).containsExactly(3L, elsewhere);
        assertThat(probe.events()).hasSize(2);
    }

    @Test
    void aWatcherMayWriteAndReadConsistentlyWithinItsCall() {
        cache.start();
        WatcherProbe probe = WatcherProbe.quick();
        cache.watch("/p/", cache.revision(), new CacheWatcher<>() {
            @Override
            public boolean onEvents(List<CacheEvent<String>> events) {
                if (events.getFirst().key().equals("/p/a")) {
                    write("/p/b", "1");
                    assertThat(list(new Freshness.Newest())).containsExactly("/p/a=1", "/p/b=1");
                }
                return probe.onEvents(events);
            }

            @Override
            public void onBookmark(long revision) {
                probe.onBookmark(revision);
            }

            @Override
            public void onEnd(ApiException reason) {
                probe.onEnd(reason);
            }
        });
        write("/p/a", "1");

        assertThat(probe.story()).containsExactly("ADDED /p/a=1@2", "ADDED /p/b=1@3");
        assertThat(probe.end()).isEmpty();
    }

    @Test
    void aValueThatCannotBeDecodedHidesNothingElse() {
        write("/p/a", "1");
        write("/p/b", "bad");
        cache.start();
        WatcherProbe probe = WatcherProbe.quick().startingWith(cache.list("/p/", new Freshness.Any()).join());
        cache.watch("/p/", cache.revision(), probe);
        write("/p/a", "bad");
        write("/p/b", "2");
        write("/p/b", "3");

        assertThat(probe.story()).containsExactly("DELETED /p/a=1@4", "ADDED /p/b=2@5", "MODIFIED /p/b=3@6");
        assertThat(meters.get("longshore_storage_undecodable_values_total").counter().count()).isEqualTo(2);
    }

    @Test
    void aClosedCacheEndsItsWatches() {
        cache.start();
        WatcherProbe probe = WatcherProbe.quick();
        cache.watch("/p/", cache.revision(), probe);
        cache.close();
        write("/p/a", "1");

        assertThat(probe.events()).isEmpty();
        assertThat(probe.end().orElseThrow().reason()).isEqualTo(Reason.SERVICE_UNAVAILABLE);
        assertThatThrownBy(() -> cache.watch("/p/", 1, WatcherProbe.quick())).isInstanceOf(ApiException.class);
    }

    @Test
    void aListAnewShowsTheDifferenceInOrder() {
        write("/p/a", "1");
        write("/p/b", "1");
        write("/p/c", "1");
        cache.start();
        WatcherProbe probe = WatcherProbe.quick().startingWith(cache.list("/p/", new Freshness.Any()).join());
        cache.watch("/p/", cache.revision(), probe);

        cache.replace(20, List.of(value("/p/a", "2", 2, 12), value("/p/b", "1", 3, 3), value("/p/d", "1", 11, 11)));

        assertThat(probe.story()).containsExactly("ADDED /p/d=1@11", "MODIFIED /p/a=2@12", "DELETED /p/c=1@20");
        assertThat(cache.revision()).isEqualTo(20);
        cache.replace(30, List.of(value("/p/a", "9", 25, 26), value("/p/b", "1", 3, 3), value("/p/d", "1", 11, 11)));
        assertThat(probe.story().subList(3, 5)).containsExactly("DELETED /p/a=2@24", "ADDED /p/a=9@26");
    }

    @Test
    void aStoreThatWentBackInTimeExpiresAllWatchers() {
        write("/p/a", "1");
        cache.start();
        cache.replace(20, List.of(value("/p/a", "2", 2, 12)));
        WatcherProbe probe = WatcherProbe.quick();
        cache.watch("/p/", cache.revision(), probe);

        failure(cache.list("/p/", new Freshness.Newest()));

        assertThat(probe.end().orElseThrow().reason()).isEqualTo(Reason.EXPIRED);
        assertThat(list(new Freshness.Newest())).containsExactly("/p/a=1");
        assertThat(cache.revision()).isEqualTo(2);
    }

    private static StoredValue value(String key, String text, long created, long revision) {
        return new StoredValue(key, text.getBytes(UTF_8), created, revision);
    }

    private void writeTogether(String... keys) {
        store.putEach(Stream.of(keys).map(key -> new Store.Put(key, "1".getBytes(UTF_8), 0)).toList())
                .forEach(answer -> assertThat(answer.join()).isInstanceOf(WriteResult.Written.class));
    }

    private List<String> told(WatcherProbe probe) {
        return probe.events().stream().map(event -> event.key() + "@" + event.revision()).toList();
    }

    @Test
    void whoWasToldOneOfSeveralChangesOfARevisionIsToldAllOfThemAgain() {
        cache.start();
        write("/p/a", "1");
        writeTogether("/p/b", "/p/c");
        WatcherProbe ofSingle = WatcherProbe.quick();
        cache.resume("/p/", 2, ofSingle);
        WatcherProbe ofShared = WatcherProbe.quick();
        cache.resume("/p/", 3, ofShared);
        WatcherProbe exact = WatcherProbe.quick();
        cache.watch("/p/", 3, exact);
        write("/p/d", "1");

        assertThat(told(ofSingle)).containsExactly("/p/b@3", "/p/c@3", "/p/d@4");
        assertThat(told(ofShared)).containsExactly("/p/b@3", "/p/c@3", "/p/d@4");
        assertThat(told(exact)).containsExactly("/p/d@4");
    }

    @Test
    void aRevisionOfWhichAChangeIsForgottenCannotBeResumed() {
        cache.start();
        writeTogether("/p/a", "/p/b", "/p/c");
        write("/p/d", "1");
        cache.resume("/p/", 2, WatcherProbe.quick());
        write("/p/e", "1"); // room for four: a is gone, b and c of revision 2 are not

        assertThatThrownBy(() -> cache.resume("/p/", 2, WatcherProbe.quick()))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED));
        WatcherProbe exact = WatcherProbe.quick();
        cache.watch("/p/", 2, exact);
        assertThat(told(exact)).containsExactly("/p/d@3", "/p/e@4");
        WatcherProbe later = WatcherProbe.quick();
        cache.resume("/p/", 3, later);
        assertThat(told(later)).containsExactly("/p/e@4");
    }
}
