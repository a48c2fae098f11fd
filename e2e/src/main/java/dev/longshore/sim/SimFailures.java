package dev.longshore.sim;

import java.util.ArrayList;
import java.util.List;

/** What must not happen and did. The first ones tell most, so no more than some are kept. */
final class SimFailures {
    private static final int KEPT = 20;

    private final SimQueue queue;
    private final SimLog log;
    private final List<String> found = new ArrayList<>();

    SimFailures(SimQueue queue, SimLog log) {
        this.queue = queue;
        this.log = log;
    }

    void add(String failure) {
        log.add("FAILURE " + failure);
        if (found.size() < KEPT) {
            found.add(queue.millis() + "ms " + failure);
        }
    }

    /** A component let an exception escape. */
    void thrown(String process, Throwable cause) {
        StackTraceElement[] stack = cause.getStackTrace();
        add(process + " threw " + cause + (stack.length == 0 ? "" : " at " + stack[0]));
    }

    List<String> found() {
        return List.copyOf(found);
    }

    boolean any() {
        return !found.isEmpty();
    }
}
