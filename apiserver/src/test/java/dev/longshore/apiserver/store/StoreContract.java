package dev.longshore.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.longshore.common.time.SystemEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} promises. A test works below a prefix of its own and counts revisions from where it began,
 * so that the implementations may share a server among tests.
 */
abstract class StoreContract {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT_LEASE = Duration.ofSeconds(1);
    private static final Duration LONG_LEASE = Duration.ofMinutes(5);

    protected SystemEnvironment system;
    private Store store;
    private String root;

    /** A store on data that may be shared with other tests, but not at the same time. */
    protected abstract Store open() throws Exception;

    /** How long after its time a lease may end. */
    protected Duration leaseDelay() {
        return LIMIT;
    }

    @BeforeEach
    final void openStore() throws Exception {
        system = new SystemEnvironment();
        store = open();
        root = "/test/" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36) + "/";
    }

    @AfterEach
    final void closeStore() {
        store.close();
        system.close();
    }

    private String key(String name) {
        return root + name;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private WriteResult put(String name, String value, OptionalLong expected) {
        return store.put(key(name), bytes(value), expected, Optional.empty()).join();
    }

    private long write(String name, String value) {
        return written(put(name, value, OptionalLong.empty())).revision();
    }

    private long remove(String name) {
        return written(store.delete(key(name), OptionalLong.empty()).join()).revision();
    }

    private static WriteResult.Written written(WriteResult result) {
        assertThat(result).isInstanceOf(WriteResult.Written.class);
        return (WriteResult.Written) result;
    }

    private static WriteResult.Mismatch mismatch(WriteResult result) {
        assertThat(result).isInstanceOf(WriteResult.Mismatch.class);
        return (WriteResult.Mismatch) result;
    }

    private static String text(Optional<StoredValue> value) {
        return value.map(stored -> new String(stored.value(), UTF_8)).orElse("-");
    }

    private List<String> names(Store.Range range) {
        return range.values().stream().map(value -> value.key().substring(root.length())).toList();
    }

    private Store.Range range(String prefix, String after, int limit, long revision) {
        return store.range(key(prefix), after.isEmpty() ? "" : key(after), limit, revision).join();
    }

    private static void assertFails(CompletableFuture<?> future, StoreException.Kind kind) {
        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).cause()
                .asInstanceOf(type(StoreException.class)).extracting(StoreException::kind).isEqualTo(kind);
    }

    private List<String> story(WatchRecorder recorder, long base) {
        assertThat(recorder.violations()).isEmpty();
        return recorder.events().stream().map(event -> WatchRecorder.describe(event).replace(root, "")
                .replace("@" + event.revision(), "@" + (event.revision() - base))).toList();
    }

    @Test
    void anAbsentKeyHasNoValueButARevision() {
        Store.Read read = store.get(key("nothing")).join();

        assertThat(read.value()).isEmpty();
        assertThat(read.revision()).isPositive();
    }

    @Test
    void aWriteIsSeenByTheNextRead() {
        for (int i = 0; i < 20; i++) {
            long revision = write("a", "v" + i);

            Store.Read read = store.get(key("a")).join();
            assertThat(text(read.value())).isEqualTo("v" + i);
            assertThat(read.value().orElseThrow().modRevision()).isEqualTo(revision);
            assertThat(read.revision()).isGreaterThanOrEqualTo(revision);
            assertThat(store.revision().join()).isGreaterThanOrEqualTo(revision);
        }
    }

    @Test
    void everyWriteTakesTheNextRevision() {
        long first = write("a", "1");

        assertThat(write("b", "1")).isEqualTo(first + 1);
        assertThat(write("a", "1")).isEqualTo(first + 2);
        assertThat(remove("a")).isEqualTo(first + 3);
        assertThat(store.revision().join()).isEqualTo(first + 3);
    }

    @Test
    void creatingNeedsTheKeyToBeAbsent() {
        WriteResult.Written created = written(put("a", "1", OptionalLong.of(0)));
        WriteResult.Mismatch refused = mismatch(put("a", "2", OptionalLong.of(0)));

        assertThat(created.previous()).isEmpty();
        assertThat(text(refused.current())).isEqualTo("1");
        assertThat(refused.current().orElseThrow().modRevision()).isEqualTo(created.revision());
        assertThat(refused.revision()).isGreaterThanOrEqualTo(created.revision());
        assertThat(text(store.get(key("a")).join().value())).isEqualTo("1");
    }

    @Test
    void updatingNeedsTheExpectedRevision() {
        long first = write("a", "1");

        WriteResult.Written updated = written(put("a", "2", OptionalLong.of(first)));
        WriteResult.Mismatch refused = mismatch(put("a", "3", OptionalLong.of(first)));

        assertThat(text(updated.previous())).isEqualTo("1");
        assertThat(text(refused.current())).isEqualTo("2");
        StoredValue now = store.get(key("a")).join().value().orElseThrow();
        assertThat(now.createRevision()).isEqualTo(first);
        assertThat(now.modRevision()).isEqualTo(updated.revision());
    }

    @Test
    void updatingAnAbsentKeyIsAMismatch() {
        assertThat(mismatch(put("a", "1", OptionalLong.of(7))).current()).isEmpty();
        assertThat(store.get(key("a")).join().value()).isEmpty();
    }

    @Test
    void anUnconditionalWriteAlwaysHappens() {
        assertThat(written(put("a", "1", OptionalLong.empty())).previous()).isEmpty();
        assertThat(text(written(put("a", "2", OptionalLong.empty())).previous())).isEqualTo("1");
    }

    @Test
    void deletingNeedsTheExpectedRevision() {
        long first = write("a", "1");
        long second = write("a", "2");

        WriteResult.Mismatch refused = mismatch(store.delete(key("a"), OptionalLong.of(first)).join());
        WriteResult.Written deleted = written(store.delete(key("a"), OptionalLong.of(second)).join());

        assertThat(text(refused.current())).isEqualTo("2");
        assertThat(deleted.revision()).isEqualTo(second + 1);
        assertThat(text(deleted.previous())).isEqualTo("2");
        assertThat(store.get(key("a")).join().value()).isEmpty();
    }

    @Test
    void deletingAnAbsentKeyIsAMismatchAndTakesNoRevision() {
        long before = write("other", "1");

        assertThat(mismatch(store.delete(key("a"), OptionalLong.empty()).join()).current()).isEmpty();
        assertThat(mismatch(store.delete(key("a"), OptionalLong.of(0)).join()).current()).isEmpty();
        assertThat(mismatch(store.delete(key("a"), OptionalLong.of(5)).join()).current()).isEmpty();
        assertThat(store.revision().join()).isEqualTo(before);
    }

    @Test
    void aKeyCreatedAgainStartsAnew() {
        write("a", "1");
        remove("a");
        long again = written(put("a", "2", OptionalLong.of(0))).revision();

        assertThat(store.get(key("a")).join().value().orElseThrow().createRevision()).isEqualTo(again);
    }

    private static WriteResult done(CompletableFuture<WriteResult> answer) {
        return answer.join();
    }

    private List<CompletableFuture<WriteResult>> putEach(Store.Put... puts) {
        return store.putEach(List.of(puts));
    }

    private Store.Put change(String name, String value, long expected) {
        return new Store.Put(key(name), bytes(value), expected);
    }

    @Test
    void manyAreWrittenAtOnce() {
        long first = write("a", "1");
        List<CompletableFuture<WriteResult>> answers = putEach(change("a", "2", first), change("b", "1", 0));

        long ofA = written(done(answers.get(0))).revision();
        long ofB = written(done(answers.get(1))).revision();
        assertThat(ofA).isGreaterThan(first);
        assertThat(ofB).isGreaterThanOrEqualTo(ofA);
        assertThat(written(done(answers.get(0))).previous()).isEmpty();
        StoredValue a = store.get(key("a")).join().value().orElseThrow();
        assertThat(text(Optional.of(a)) + "@" + a.modRevision()).isEqualTo("2@" + ofA);
        assertThat(a.createRevision()).isEqualTo(first);
        assertThat(store.get(key("b")).join().value().orElseThrow().modRevision()).isEqualTo(ofB);
        assertThat(store.revision().join()).isEqualTo(ofB);
    }

    @Test
    void ofManyEachIsWrittenOnItsOwnCondition() {
        long a = write("a", "1");
        long b = write("b", "1");
        long c = write("c", "1");
        List<CompletableFuture<WriteResult>> answers = putEach(change("a", "2", a), change("b", "2", b - 1),
                change("absent", "2", 7), change("c", "2", 0), change("new", "2", 0), change("d", "2", 0));

        written(done(answers.get(0)));
        assertThat(mismatch(done(answers.get(1))).current().orElseThrow().modRevision()).isEqualTo(b);
        assertThat(mismatch(done(answers.get(2))).current()).isEmpty();
        assertThat(text(mismatch(done(answers.get(3))).current())).isEqualTo("1");
        assertThat(mismatch(done(answers.get(3))).current().orElseThrow().modRevision()).isEqualTo(c);
        written(done(answers.get(4)));
        written(done(answers.get(5)));
        assertThat(range("", "", 0, 0).values().stream().map(value -> text(Optional.of(value))))
                .containsExactly("2", "1", "1", "2", "2");
    }

    @Test
    void ofManyTheOneTooLargeIsRefused() {
        List<CompletableFuture<WriteResult>> answers = store.putEach(List.of(change("a", "1", 0),
                new Store.Put(key("b"), new byte[Store.MAX_VALUE_BYTES + 1], 0), change("c", "1", 0)));

        written(done(answers.get(0)));
        assertFails(answers.get(1), StoreException.Kind.TOO_LARGE);
        written(done(answers.get(2)));
        assertThat(store.get(key("b")).join().value()).isEmpty();
    }

    @Test
    void manyLargeOnesAreWrittenToo() {
        List<Store.Put> puts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            puts.add(new Store.Put(key("large" + i), new byte[Store.MAX_VALUE_BYTES / 2], 0));
        }

        store.putEach(puts).forEach(answer -> written(done(answer)));
        assertThat(range("large", "", 0, 0).values()).hasSize(5);
    }

    @Test
    void noneIsFewAndNoKeyComesTwice() {
        long before = write("a", "1");

        assertThat(store.putEach(List.of())).isEmpty();
        assertThatThrownBy(() -> putEach(change("b", "1", 0), change("a", "1", before), change("b", "2", 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.revision().join()).isEqualTo(before);
    }

    @Test
    void manyMoreThanATransactionTakesAreToldInOrder() {
        long base = store.revision().join();
        List<Store.Put> puts = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String name = "p/" + (i * 7919 % 300);
            puts.add(change(name, "v", i == 150 ? 1 : 0));
            if (i != 150) {
                expected.add(name);
            }
        }
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch watch = store.watch(key("p/"), base + 1, recorder)) {
            List<CompletableFuture<WriteResult>> answers = store.putEach(puts);
            for (int i = 0; i < 300; i++) {
                assertThat(done(answers.get(i))).isInstanceOf(
                        i == 150 ? WriteResult.Mismatch.class : WriteResult.Written.class);
            }
            recorder.awaitCount(299);
            assertThat(recorder.violations()).isEmpty();
            assertThat(recorder.events().stream().map(event -> event.key().substring(root.length())))
                    .containsExactlyElementsOf(expected);
            assertThat(recorder.events().stream().map(event -> written(
                    done(answers.get(puts.stream().map(Store.Put::key).toList().indexOf(event.key())))).revision()))
                    .containsExactlyElementsOf(recorder.events().stream().map(StoreEvent::revision).toList());
        }
    }

    @Test
    void callsAtTheSameTimeAreAnsweredEachOnItsOwn() {
        long first = write("hot", "1");
        List<CompletableFuture<WriteResult>> hot = new ArrayList<>();
        List<CompletableFuture<WriteResult>> cold = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            cold.add(putEach(change("cold/" + i, "v", 0)).getFirst());
            if (i % 5 == 0) {
                hot.add(putEach(change("hot", "by " + i, first)).getFirst());
            }
        }

        cold.forEach(answer -> written(done(answer)));
        written(done(hot.getFirst()));
        hot.stream().skip(1).forEach(answer -> assertThat(text(mismatch(done(answer)).current())).isEqualTo("by 0"));
        assertThat(range("cold/", "", 0, 0).values()).hasSize(500);
    }

    @Test
    void aWriteOfManyFreesTheKeyFromItsLease() {
        Store.Lease lease = store.grant(LONG_LEASE).join();
        long leased = written(store.put(key("a"), bytes("1"), OptionalLong.empty(), Optional.of(lease)).join())
                .revision();
        written(done(putEach(change("a", "2", leased)).getFirst()));
        store.revoke(lease).join();

        assertThat(text(store.get(key("a")).join().value())).isEqualTo("2");
    }

    @Test
    void aRangeIsInByteOrderAndKeepsToItsPrefix() {
        List.of("p/b", "p/a", "p", "p0", "p/a/x", "q", "p/\uD83D\uDE00", "p/\uFFEE").forEach(name -> write(name, name));

        Store.Range range = range("p/", "", 0, 0);

        assertThat(names(range)).containsExactly("p/a", "p/a/x", "p/b", "p/\uFFEE", "p/\uD83D\uDE00");
        assertThat(range.more()).isFalse();
        assertThat(range.total()).isEqualTo(5);
    }

    @Test
    void aRangeIsCutByItsLimitAndGoesOnAfterAKey() {
        List.of("p/a", "p/b", "p/c", "p/d", "p/e").forEach(name -> write(name, name));

        Store.Range first = range("p/", "", 2, 0);
        Store.Range second = range("p/", "p/b", 2, first.revision());
        Store.Range last = range("p/", "p/d", 2, first.revision());

        assertThat(names(first)).containsExactly("p/a", "p/b");
        assertThat(first.more()).isTrue();
        assertThat(first.total()).isEqualTo(5);
        assertThat(names(second)).containsExactly("p/c", "p/d");
        assertThat(second.more()).isTrue();
        assertThat(second.total()).isEqualTo(3);
        assertThat(names(last)).containsExactly("p/e");
        assertThat(last.more()).isFalse();
        assertThat(last.total()).isEqualTo(1);
        assertThat(range("p/", "p/e", 2, 0).values()).isEmpty();
        assertThat(names(range("p/", "o", 1, 0))).containsExactly("p/a");
        assertThat(range("p/", "q", 0, 0).values()).isEmpty();
    }

    @Test
    void aRangeShowsThePast() {
        long first = write("p/a", "1");
        long second = write("p/b", "1");
        long third = write("p/a", "2");
        long fourth = remove("p/b");
        long fifth = write("p/c", "1");

        assertThat(contents(first)).containsExactly("p/a=1");
        assertThat(contents(second)).containsExactly("p/a=1", "p/b=1");
        assertThat(contents(third)).containsExactly("p/a=2", "p/b=1");
        assertThat(contents(fourth)).containsExactly("p/a=2");
        assertThat(contents(fifth)).containsExactly("p/a=2", "p/c=1");
        assertThat(range("p/", "", 0, second).revision()).isGreaterThanOrEqualTo(second);
        assertThat(range("p/", "p/a", 1, second).total()).isEqualTo(1);
    }

    private List<String> contents(long revision) {
        return range("p/", "", 0, revision).values().stream()
                .map(value -> value.key().substring(root.length()) + "=" + new String(value.value(), UTF_8)).toList();
    }

    @Test
    void aRangeOfTheFutureOrOfCompactedHistoryFails() {
        long first = write("p/a", "1");
        long second = write("p/a", "2");
        long third = write("p/a", "3");
        store.compact(second).join();

        assertFails(store.range(key("p/"), "", 0, first), StoreException.Kind.COMPACTED);
        assertFails(store.range(key("p/"), "", 0, third + 1_000), StoreException.Kind.FUTURE);
        assertThat(contents(second)).containsExactly("p/a=2");
        assertThat(contents(third)).containsExactly("p/a=3");
    }

    @Test
    void compactingTwiceChangesNothingAndTheFutureCannotBeCompacted() {
        long first = write("a", "1");
        long second = write("a", "2");
        store.compact(second).join();
        store.compact(second).join();
        store.compact(first).join();

        assertThat(text(store.get(key("a")).join().value())).isEqualTo("2");
        assertFails(store.compact(second + 1_000), StoreException.Kind.FUTURE);
    }

    @Test
    void aWatchFromThePastMissesNothing() {
        long base = store.revision().join();
        write("p/a", "1");
        write("q/a", "1");
        write("p/a", "2");
        remove("p/a");
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch watch = store.watch(key("p/"), base + 1, recorder)) {
            recorder.awaitCount(3);
            write("p/b", "1");
            recorder.awaitCount(4);
        }

        assertThat(story(recorder, base)).containsExactly("p/a=1@1", "p/a=2@3", "-p/a@4", "p/b=1@5");
    }

    @Test
    void aWatchFromTheMiddleBeginsThere() {
        long base = store.revision().join();
        write("p/a", "1");
        write("p/a", "2");
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch watch = store.watch(key("p/"), base + 2, recorder)) {
            recorder.awaitCount(1);
        }

        assertThat(story(recorder, base)).containsExactly("p/a=2@2");
    }

    @Test
    void aWatchFromTheFutureWaitsForIt() {
        long base = store.revision().join();
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch watch = store.watch(key("p/"), base + 3, recorder)) {
            write("p/a", "1");
            write("p/a", "2");
            write("p/a", "3");
            recorder.awaitCount(1);
        }

        assertThat(story(recorder, base)).containsExactly("p/a=3@3");
    }

    @Test
    void aWatchFromNowShowsWhatComes() {
        write("p/a", "old");
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch watch = store.watch(key("p/"), 0, recorder)) {
            watch.requestProgress();
            recorder.awaitProgress(1);
            long base = store.revision().join();
            write("p/a", "new");
            recorder.awaitCount(1);
            assertThat(story(recorder, base)).containsExactly("p/a=new@1");
        }
    }

    @Test
    void aWatchOfCompactedHistoryIsTold() {
        long first = write("p/a", "1");
        long second = write("p/a", "2");
        store.compact(second).join();
        WatchRecorder fromFirst = new WatchRecorder();
        WatchRecorder fromSecond = new WatchRecorder();
        WatchRecorder fromThird = new WatchRecorder();
        try (StoreWatch one = store.watch(key("p/"), first, fromFirst);
                StoreWatch two = store.watch(key("p/"), second, fromSecond);
                StoreWatch three = store.watch(key("p/"), second + 1, fromThird)) {
            fromFirst.awaitCompacted();
            fromSecond.awaitCompacted();
            write("p/a", "3");
            fromThird.awaitCount(1);
        }

        assertThat(fromFirst.compacted()).hasValue(second);
        assertThat(fromFirst.events()).isEmpty();
        assertThat(fromThird.compacted()).isEmpty();
    }

    @Test
    void aRunningWatchSurvivesACompaction() {
        long base = store.revision().join();
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch watch = store.watch(key("p/"), base + 1, recorder)) {
            long first = write("p/a", "1");
            recorder.awaitCount(1);
            store.compact(first).join();
            write("p/a", "2");
            recorder.awaitCount(2);
        }

        assertThat(story(recorder, base)).containsExactly("p/a=1@1", "p/a=2@2");
    }

    @Test
    void progressTellsThatEverythingWasDelivered() {
        long base = store.revision().join();
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch watch = store.watch(key("p/"), base + 1, recorder)) {
            for (int i = 0; i < 10; i++) {
                write("p/a", "" + i);
                long elsewhere = write("q/a", "" + i);
                watch.requestProgress();
                watch.requestProgress();
                recorder.awaitProgress(elsewhere);
                assertThat(recorder.events()).hasSize(i + 1);
            }
        }

        assertThat(recorder.violations()).isEmpty();
    }

    @Test
    void progressLeavesNoTraceInReadsOrWatches() {
        long base = store.revision().join();
        WatchRecorder parent = new WatchRecorder();
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch all = store.watch(root, base + 1, parent);
                StoreWatch watch = store.watch(key("p/"), base + 1, recorder)) {
            write("p/a", "1");
            watch.requestProgress();
            recorder.awaitProgress(base + 1);
            write("q/a", "1");
            parent.awaitCount(2);
        }

        Store.Range range = range("", "", 0, 0);
        assertThat(names(range)).containsExactly("p/a", "q/a");
        assertThat(range.total()).isEqualTo(2);
        assertThat(parent.events()).extracting(StoreEvent::key).containsExactly(key("p/a"), key("q/a"));
    }

    @Test
    void aClosedWatchIsCalledNoMore() {
        long base = store.revision().join();
        WatchRecorder closed = new WatchRecorder();
        WatchRecorder open = new WatchRecorder();
        StoreWatch closing = store.watch(key("p/"), base + 1, closed);
        try (StoreWatch watch = store.watch(key("p/"), base + 1, open)) {
            write("p/a", "1");
            closed.awaitCount(1);
            closing.close();
            write("p/a", "2");
            open.awaitCount(2);
        }

        assertThat(closed.events()).hasSize(1);
    }

    @Test
    void concurrentWritersAreSeenInOneOrderByAllWatchers() throws Exception {
        int writers = 4;
        int writes = 50;
        long base = store.revision().join();
        WatchRecorder all = new WatchRecorder();
        WatchRecorder one = new WatchRecorder();
        try (StoreWatch watchAll = store.watch(key("p/"), base + 1, all);
                StoreWatch watchOne = store.watch(key("p/1/"), base + 1, one)) {
            List<Thread> threads = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String prefix = "p/" + writer + "/";
                threads.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < writes; i++) {
                        write(prefix + i % 5, "" + i);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            all.awaitCount(writers * writes);
            one.awaitCount(writes);
        }

        assertThat(all.violations()).isEmpty();
        assertThat(all.events()).extracting(StoreEvent::revision)
                .containsExactlyElementsOf(revisions(base + 1, writers * writes));
        assertThat(one.story()).isEqualTo(all.story().stream().filter(line -> line.contains("p/1/")).toList());
    }

    private static List<Long> revisions(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    @Test
    void oneOfManyConditionalWritersWinsEachRound() {
        long revision = write("counter", "0");
        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<WriteResult>> attempts = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                attempts.add(
                        store.put(key("counter"), bytes("" + writer), OptionalLong.of(revision), Optional.empty()));
            }
            List<WriteResult> results = attempts.stream().map(CompletableFuture::join).toList();
            assertThat(results).filteredOn(result -> result instanceof WriteResult.Written).hasSize(1);
            revision = store.get(key("counter")).join().value().orElseThrow().modRevision();
        }
    }

    @Test
    void valuesUpToTheLimitAreTakenAndLargerOnesRefused() {
        byte[] largest = new byte[Store.MAX_VALUE_BYTES];
        largest[largest.length - 1] = 7;

        store.put(key("a"), largest, OptionalLong.empty(), Optional.empty()).join();

        assertThat(store.get(key("a")).join().value().orElseThrow().value()).isEqualTo(largest);
        assertFails(store.put(key("a"), new byte[Store.MAX_VALUE_BYTES + 1], OptionalLong.empty(), Optional.empty()),
                StoreException.Kind.TOO_LARGE);
        assertThat(written(put("empty", "", OptionalLong.empty())).previous()).isEmpty();
        assertThat(store.get(key("empty")).join().value().orElseThrow().value()).isEmpty();
    }

    @Test
    void keysGoWhenTheirLeaseIsOver() {
        Store.Lease lease = store.grant(SHORT_LEASE).join();
        long base = store.revision().join();
        WatchRecorder recorder = new WatchRecorder();
        try (StoreWatch watch = store.watch(key("p/"), base + 1, recorder)) {
            store.put(key("p/a"), bytes("1"), OptionalLong.empty(), Optional.of(lease)).join();
            store.put(key("p/b"), bytes("1"), OptionalLong.empty(), Optional.of(lease)).join();
            write("p/c", "1");
            recorder.awaitCount(5);
        }

        assertThat(story(recorder, base)).containsExactlyInAnyOrder("p/a=1@1", "p/b=1@2", "p/c=1@3", "-p/a@4",
                "-p/b@4");
        assertThat(names(range("p/", "", 0, 0))).containsExactly("p/c");
        assertFails(store.keepAlive(lease), StoreException.Kind.NOT_FOUND);
        assertFails(store.put(key("p/d"), bytes("1"), OptionalLong.empty(), Optional.of(lease)),
                StoreException.Kind.NOT_FOUND);
    }

    @Test
    void aLeaseLivesWhileItIsKeptAlive() {
        Store.Lease kept = store.grant(Duration.ofSeconds(2)).join();
        Store.Lease left = store.grant(Duration.ofSeconds(2)).join();
        store.put(key("kept"), bytes("1"), OptionalLong.empty(), Optional.of(kept)).join();
        store.put(key("left"), bytes("1"), OptionalLong.empty(), Optional.of(left)).join();

        Awaitility.await().atMost(leaseDelay()).pollInterval(Duration.ofMillis(200)).until(() -> {
            store.keepAlive(kept).join();
            return store.get(key("left")).join().value().isEmpty();
        });

        assertThat(store.get(key("kept")).join().value()).isPresent();
        store.revoke(kept).join(); // lest it ends during another test
    }

    @Test
    void aRevokedLeaseTakesItsKeysAlong() {
        Store.Lease lease = store.grant(LONG_LEASE).join();
        store.put(key("a"), bytes("1"), OptionalLong.empty(), Optional.of(lease)).join();
        store.put(key("b"), bytes("1"), OptionalLong.empty(), Optional.of(lease)).join();
        write("b", "2");

        store.revoke(lease).join();

        assertThat(store.get(key("a")).join().value()).isEmpty();
        assertThat(text(store.get(key("b")).join().value())).isEqualTo("2");
        assertFails(store.revoke(lease), StoreException.Kind.NOT_FOUND);
        assertFails(store.keepAlive(lease), StoreException.Kind.NOT_FOUND);
    }

    @Test
    void aClosedStoreRefusesEveryCall() {
        store.ping().join();
        store.close();

        assertFails(store.ping(), StoreException.Kind.UNAVAILABLE);
        assertFails(store.get(key("a")), StoreException.Kind.UNAVAILABLE);
        assertFails(store.range(key(""), "", 0, 0), StoreException.Kind.UNAVAILABLE);
        assertFails(store.put(key("a"), bytes("1"), OptionalLong.empty(), Optional.empty()),
                StoreException.Kind.UNAVAILABLE);
        putEach(change("a", "1", 0), change("b", "1", 0))
                .forEach(answer -> assertFails(answer, StoreException.Kind.UNAVAILABLE));
        assertFails(store.delete(key("a"), OptionalLong.empty()), StoreException.Kind.UNAVAILABLE);
        assertFails(store.revision(), StoreException.Kind.UNAVAILABLE);
        assertFails(store.compact(1), StoreException.Kind.UNAVAILABLE);
        assertFails(store.grant(LONG_LEASE), StoreException.Kind.UNAVAILABLE);
        WatchRecorder recorder = new WatchRecorder();
        store.watch(key(""), 0, recorder).close();
        assertThat(recorder.events()).isEmpty();
        store.close();
    }
}
