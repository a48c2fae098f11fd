package dev.longshore.apiserver.store;

import java.util.Comparator;

/**
 * The order of keys in every store: that of their UTF-8 bytes. {@link String#compareTo} differs from it for characters
 * outside the basic plane, because UTF-16 puts their surrogates before U+E000.
 */
public final class KeyOrder implements Comparator<String> {
    public static final KeyOrder BYTES = new KeyOrder();

    private KeyOrder() {
    }

    @Override
    public int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return rank(x) - rank(y);
            }
        }
        return a.length() - b.length();
    }

    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
