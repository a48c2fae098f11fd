package dev.longshore.apiserver.table;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** How the objects of one kind are shown. */
record Printer<T extends Message>(List<Column> columns, BiFunction<T, Instant, Row> row) {
    /** @param columns names, parted by commas, in the notation of {@link Column#of} */
    static <T extends Message> Printer<T> of(String columns, BiFunction<T, Instant, Row> row) {
        return new Printer<>(Stream.of(columns.split(",")).map(String::strip).map(Column::of).toList(), row);
    }
}
