package dev.longshore.apiserver.registry;

import dev.longshore.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a list goes on: behind a store key, as of the revision of its first page. Opaque to clients.
 */
record ContinueToken(long revision, String after) {
    private static final String VERSION = "l1";
    private static final char SEPARATOR = '\n';

    String encode() {
        String text = VERSION + SEPARATOR + revision + SEPARATOR + after;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Fails with BAD_REQUEST for text that is no token, or one of another collection. */
    static ContinueToken decode(String token, String prefix) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8)
                    .split(String.valueOf(SEPARATOR), 3);
            if (parts.length == 3 && parts[0].equals(VERSION) && parts[2].startsWith(prefix)) {
                return new ContinueToken(Long.parseLong(parts[1]), parts[2]);
            }
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
        throw invalid();
    }

    private static ApiException invalid() {
        return ApiException.badRequest("continue key is not valid");
    }
}
