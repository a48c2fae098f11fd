package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Times;
import dev.longshore.apiserver.resources.ResourceStrategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides what a deletion makes of an object: gone at once, or marked and kept while its grace period and finalizers
 * last. Pure.
 */
final class Deletions {
    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    private Deletions() {
    }

    /** What to do. */
    sealed interface Step<T extends Message> {
        /** Removes the object; {@code last} is its last state. */
        record Remove<T extends Message>(T last) implements Step<T> {}

        /** Writes the marked object. */
        record Mark<T extends Message>(T marked) implements Step<T> {}

        /** It is being deleted already, and this request hastens nothing. */
        record Nothing<T extends Message>() implements Step<T> {}
    }

    /** Whether nothing keeps the object any longer. */
    static <T extends Message> boolean isFinished(ResourceStrategy<T> strategy, T object) {
        ObjectMeta meta = strategy.type().meta(object);
        return !strategy.isHeld(object) && meta.hasDeletionTimestamp() && meta.getFinalizersCount() == 0
                && meta.getDeletionGracePeriodSeconds() == 0;
    }

    static <T extends Message> Step<T> decide(ResourceStrategy<T> strategy, T object, DeleteOptions options,
            Instant now) {
        ResourceType<T> type = strategy.type();
        ObjectMeta meta = type.meta(object);
        List<String> finalizers = finalizers(strategy, meta, options);
        OptionalLong grace = strategy.gracePeriodSeconds(object, requested(options));
        if (grace.orElse(0) <= 0 && finalizers.isEmpty() && !strategy.isHeld(object)) {
            return new Step.Remove<>(grace.isEmpty() ? object : type.withMeta(object, marked(meta, 0, now)));
        }
        ObjectMeta.Builder next = marked(meta, grace.orElse(0), now).toBuilder().clearFinalizers()
                .addAllFinalizers(finalizers);
        ObjectMeta result = next.build();
        if (result.equals(meta)) {
            return new Step.Nothing<>();
        }
        if (!meta.hasDeletionTimestamp() && meta.getGeneration() > 0) {
            result = next.setGeneration(meta.getGeneration() + 1).build();
        }
        T marked = type.withMeta(object, result);
        return new Step.Mark<>(meta.hasDeletionTimestamp() ? marked : strategy.whenMarked(marked));
    }

    /** A mark that exists may only be brought forward, never put off. */
    private static ObjectMeta marked(ObjectMeta meta, long graceSeconds, Instant now) {
        boolean later = meta.hasDeletionTimestamp() && graceSeconds >= meta.getDeletionGracePeriodSeconds();
        if (later) {
            return meta;
        }
        Instant start = meta.hasDeletionTimestamp()
                ? Instant.ofEpochSecond(meta.getDeletionTimestamp().getSeconds())
                        .minusSeconds(meta.getDeletionGracePeriodSeconds())
                : now;
        return meta.toBuilder().setDeletionTimestamp(Times.time(start.plusSeconds(graceSeconds)))
                .setDeletionGracePeriodSeconds(graceSeconds).build();
    }

    private static OptionalLong requested(DeleteOptions options) {
        return options.hasGracePeriodSeconds()
                ? OptionalLong.of(Math.max(0, options.getGracePeriodSeconds()))
                : OptionalLong.empty();
    }

    private static List<String> finalizers(ResourceStrategy<?> strategy, ObjectMeta meta, DeleteOptions options) {
        List<String> finalizers = new ArrayList<>(meta.getFinalizersList());
        boolean asked = options.hasPropagationPolicy() || options.hasOrphanDependents();
        if (asked) {
            finalizers.removeAll(List.of(ORPHAN, FOREGROUND));
        }
        boolean orphans = options.hasPropagationPolicy()
                ? options.getPropagationPolicy().equals("Orphan")
                : options.hasOrphanDependents()
                        ? options.getOrphanDependents()
                        : strategy.orphansByDefault() && !finalizers.contains(FOREGROUND);
        if (orphans && !finalizers.contains(ORPHAN)) {
            finalizers.add(ORPHAN);
        }
        if (options.hasPropagationPolicy() && options.getPropagationPolicy().equals("Foreground")) {
            finalizers.add(FOREGROUND);
        }
        return finalizers;
    }
}
