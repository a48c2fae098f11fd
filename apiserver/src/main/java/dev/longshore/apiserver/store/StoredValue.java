package dev.longshore.apiserver.store;

/**
 * A key and its value.
 *
 * @param value          never modified
 * @param createRevision when the key came to exist
 * @param modRevision    when it was last written
 */
@SuppressWarnings("ArrayRecordComponent") // compared by revision, never by content
public record StoredValue(String key, byte[] value, long createRevision, long modRevision) {}
