package dev.longshore.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import java.util.Arrays;

/**
 * Keys as etcd sees them. Each watched prefix has a marker key directly behind it: {@code /registry/pods/} has
 * {@code /registry/pods0\xff}. It lies outside the prefix but inside the range that is watched for it, and no other key
 * can be it, because 0xff occurs in no UTF-8 text.
 */
final class EtcdKeys {
    private static final byte MARKER = (byte) 0xff;
    private static final ByteSequence NO_END = ByteSequence.from(new byte[]{0});

    private final String keyPrefix;

    EtcdKeys(String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    ByteSequence key(String key) {
        return ByteSequence.from(keyPrefix + key, UTF_8);
    }

    /** Where the range of a prefix begins; etcd knows no empty key. */
    ByteSequence start(String prefix) {
        return (keyPrefix + prefix).isEmpty() ? NO_END : key(prefix);
    }

    /** The first key behind {@code key}. */
    ByteSequence behind(String key) {
        return ByteSequence.from(append(key(key).getBytes(), (byte) 0));
    }

    /** The first key behind all that have the prefix. */
    ByteSequence end(String prefix) {
        byte[] end = successor(prefix);
        return end.length == 0 ? NO_END : ByteSequence.from(end);
    }

    ByteSequence marker(String prefix) {
        return ByteSequence.from(append(successor(prefix), MARKER));
    }

    /** The end of a range that holds the prefix and its marker. */
    ByteSequence endBehindMarker(String prefix) {
        return ByteSequence.from(append(marker(prefix).getBytes(), (byte) 0));
    }

    private byte[] successor(String prefix) {
        byte[] bytes = key(prefix).getBytes();
        if (bytes.length > 0) {
            bytes = bytes.clone();
            bytes[bytes.length - 1]++; // UTF-8 never ends with 0xff, so this does not overflow
        }
        return bytes;
    }

    boolean isMarker(ByteSequence key) {
        byte[] bytes = key.getBytes();
        return bytes.length > 0 && bytes[bytes.length - 1] == MARKER;
    }

    String name(ByteSequence key) {
        return key.toString(UTF_8).substring(keyPrefix.length());
    }

    StoredValue value(KeyValue pair) {
        return new StoredValue(name(pair.getKey()), pair.getValue().getBytes(), pair.getCreateRevision(),
                pair.getModRevision());
    }

    private static byte[] append(byte[] bytes, byte last) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = last;
        return longer;
    }
}
