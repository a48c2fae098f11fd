package dev.longshore.apiserver.table;

/**
 * One column of a Table.
 *
 * @param type     string, integer, number, boolean or date
 * @param priority 0: always shown, 1: only in wide output
 */
public record Column(String name, String type, int priority) {
    private static final String WIDE = "*";
    private static final String INTEGER = "#";
    private static final String BOOLEAN = "?";

    /** {@code "Desired#"} is a column of integers, {@code "Suspend?"} of flags, {@code "Images*"} for wide output. */
    static Column of(String text) {
        boolean wide = text.endsWith(WIDE);
        boolean integer = text.endsWith(INTEGER);
        boolean flag = text.endsWith(BOOLEAN);
        String name = wide || integer || flag ? text.substring(0, text.length() - 1) : text;
        return new Column(name, integer ? "integer" : flag ? "boolean" : "string", wide ? 1 : 0);
    }

    /** The format of the name's column is how clients find it. */
    String format() {
        return name.equals("Name") ? "name" : "";
    }
}
