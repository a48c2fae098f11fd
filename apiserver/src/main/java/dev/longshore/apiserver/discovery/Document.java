package dev.longshore.apiserver.discovery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A document that stays the same until the server is another one.
 *
 * @param bytes never modified
 * @param etag  quoted
 */
@SuppressWarnings("ArrayRecordComponent") // compared by etag
public record Document(String contentType, byte[] bytes, String etag) {
    private static final int HASH_BYTES = 16;

    public static Document of(String contentType, byte[] bytes) {
        return new Document(contentType, bytes, '"' + hash(bytes) + '"');
    }

    /** Upper case hexadecimal digits that change with the content. */
    public String hash() {
        return etag.replace("\"", "");
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().withUpperCase().formatHex(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
