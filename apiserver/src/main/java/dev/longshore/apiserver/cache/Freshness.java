package dev.longshore.apiserver.cache;

/** How new the state must be that a read shows. */
public sealed interface Freshness {
    /** Everything that was written before the read was asked: a consistent read. */
    record Newest() implements Freshness {}

    /** Whatever the cache has. */
    record Any() implements Freshness {}

    /** At least this revision. */
    record AtLeast(long revision) implements Freshness {}
}
