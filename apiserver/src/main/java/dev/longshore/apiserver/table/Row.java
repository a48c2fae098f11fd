package dev.longshore.apiserver.table;

import java.util.List;

/**
 * The cells of one object: strings, integers or booleans.
 *
 * @param conditions what is special about the row
 */
public record Row(List<Object> cells, List<Condition> conditions) {
    public Row {
        cells = List.copyOf(cells);
        conditions = List.copyOf(conditions);
    }

    static Row of(Object... cells) {
        return new Row(List.of(cells), List.of());
    }

    /** {@code Completed} marks objects that ended; clients may leave them out. */
    public record Condition(String type, String status, String reason, String message) {}
}
