package dev.longshore.api.json;

import java.util.Arrays;

/** Where a reader stands: field names, map keys and list positions. Text is made only when something is wrong. */
final class FieldPath {
    private static final int FIRST_SIZE = 16;

    private Object[] steps = new Object[FIRST_SIZE];
    private int depth;

    void enter(String name) {
        push(name);
    }

    void enter(int index) {
        push(index);
    }

    private void push(Object step) {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
        }
        steps[depth++] = step;
    }

    void leave() {
        depth--;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (steps[i] instanceof Integer index) {
                text.append('[').append((int) index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(steps[i]);
            }
        }
        return text.toString();
    }
}
