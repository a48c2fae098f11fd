package dev.longshore.apiserver.cache;

import java.util.List;

/** The objects at a revision, in the order of their keys. */
public record Snapshot<V>(long revision, List<Cached<V>> objects) {}
