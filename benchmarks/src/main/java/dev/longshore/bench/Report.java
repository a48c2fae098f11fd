package dev.longshore.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.api.json.JsonCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where figures go: a table on standard output, and a file if one is named. */
public final class Report {
    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures to FILE: [{name, value, unit, reference, ratio}], the last two where there is something to compare with.")
    private Path file;

    /** Prints and writes. */
    public void show(List<Result> results) throws IOException {
        System.out.printf("%-36s %14s %14s %8s  %s%n", "BENCHMARK", "VALUE", "REFERENCE", "RATIO", "UNIT");
        results.forEach(result -> System.out.println(line(result)));
        if (file != null) {
            write(results);
        }
    }

    private static String line(Result result) {
        return result.hasReference()
                ? String.format(Locale.ROOT, "%-36s %,14.0f %,14.0f %8.2f  %s", result.name(), result.value(),
                        result.reference(), result.ratio(), result.unit())
                : String.format(Locale.ROOT, "%-36s %,14.0f %14s %8s  %s", result.name(), result.value(), "-", "-",
                        result.unit());
    }

    private void write(List<Result> results) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); JsonGenerator json = JsonCodec.generator(out)) {
            json.writeStartArray();
            for (Result result : results) {
                json.writeStartObject();
                json.writeStringField("name", result.name());
                json.writeNumberField("value", result.value());
                json.writeStringField("unit", result.unit());
                if (result.hasReference()) {
                    json.writeNumberField("reference", result.reference());
                    json.writeNumberField("ratio", result.ratio());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
