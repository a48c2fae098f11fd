package dev.longshore.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** What happened, line by line: a hash of everything, and the last lines for people. */
final class SimLog {
    private static final int KEPT_LINES = 4_000;

    private final SimQueue queue;
    private final MessageDigest digest;
    private final Deque<String> last = new ArrayDeque<>();

    SimLog(SimQueue queue) {
        this.queue = queue;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(String line) {
        String stamped = queue.millis() + "ms " + line;
        digest.update(stamped.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        last.addLast(stamped);
        if (last.size() > KEPT_LINES) {
            last.removeFirst();
        }
    }

    /** Of all lines; ends the log. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    List<String> last(int lines) {
        return last.stream().skip(Math.max(0, last.size() - lines)).toList();
    }
}
