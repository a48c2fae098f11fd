package dev.longshore.apiserver.cache;

/**
 * What a cache holds.
 *
 * @param resource the plural name, for metrics and messages: {@code deployments.apps}
 * @param prefix   of the keys, with the slash at its end: {@code /registry/deployments/}
 */
public record CacheConfig(String resource, String prefix, CacheLimits limits) {}
