package dev.longshore.apiserver.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.apiserver.store.StoredValue;

/** Objects that show where they come from: {@code /p/a=1}; the text "bad" cannot be decoded. */
final class TextDecoder implements ObjectDecoder<String> {
    private int decoded;

    @Override
    public String decode(StoredValue stored) {
        decoded++;
        String text = new String(stored.value(), UTF_8);
        if (text.equals("bad")) {
            throw new IllegalArgumentException(text);
        }
        return stored.key() + "=" + text;
    }

    @Override
    public String atRevision(String object, long revision) {
        return object;
    }

    int decoded() {
        return decoded;
    }
}
