package dev.longshore.api.values;

import java.util.Base64;

/** Base64 as the Kubernetes API reads it: the standard alphabet with its padding, line breaks allowed. */
public final class Base64Text {
    private static final int GROUP = 4;

    private Base64Text() {
    }

    /** Fails with IllegalArgumentException. */
    public static byte[] decode(String text) {
        String joined = text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\n", "").replace("\r", "");
        if (joined.length() % GROUP != 0) {
            throw new IllegalArgumentException("base64 text must come in groups of four characters");
        }
        return Base64.getDecoder().decode(joined);
    }
}
