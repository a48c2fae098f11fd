package dev.longshore.sim;

import java.util.ArrayDeque;
import java.util.Deque;

/** The values that something had within a span of time; the last one counts until the next. */
final class Lately {
    private final long spanMillis;
    private final Deque<Value> values = new ArrayDeque<>();

    private record Value(long untilMillis, int value) {}

    Lately(long spanMillis) {
        this.spanMillis = spanMillis;
    }

    void add(long nowMillis, int value) {
        if (!values.isEmpty()) {
            values.addLast(new Value(nowMillis, values.removeLast().value()));
        }
        values.addLast(new Value(Long.MAX_VALUE, value));
    }

    int most(long nowMillis) {
        forget(nowMillis);
        return values.stream().mapToInt(Value::value).max().orElseThrow();
    }

    int fewest(long nowMillis) {
        forget(nowMillis);
        return values.stream().mapToInt(Value::value).min().orElseThrow();
    }

    private void forget(long nowMillis) {
        while (values.peekFirst().untilMillis() < nowMillis - spanMillis) {
            values.removeFirst();
        }
    }
}
