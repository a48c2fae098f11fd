package dev.longshore.apiserver.http;

import java.util.ArrayList;
import java.util.List;

/** The warnings of one request, sent as {@code Warning} headers. Used by one thread. */
final class Warnings {
    private static final int COUNT_LIMIT = 50;
    private static final int LENGTH_LIMIT = 1_000;

    private final List<String> texts = new ArrayList<>();

    void add(String text) {
        if (texts.size() < COUNT_LIMIT && !texts.contains(text)) {
            texts.add(text);
        }
    }

    /** Kubernetes API: code 299, agent "-", the text as a quoted string. */
    List<Header> headers() {
        return texts.stream().map(text -> new Header("Warning", "299 - \"" + quoted(text) + "\"")).toList();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        text.chars().limit(LENGTH_LIMIT).forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c < ' ' || c > '~' ? ' ' : (char) c);
        });
        return quoted.toString();
    }
}
