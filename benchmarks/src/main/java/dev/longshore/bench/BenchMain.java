package dev.longshore.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code longshore bench NAME [--json F]}: runs a benchmark and prints its table; F gets the figures as JSON. */
public final class BenchMain {
    private static final String USAGE = "usage: longshore bench codec|scheduler [--json FILE]";

    private BenchMain() {
    }

    public static void main(String[] words) throws IOException {
        System.exit(run(Arrays.asList(words)));
    }

    private static int run(List<String> words) throws IOException {
        boolean toFile = words.size() == 3 && words.get(1).equals("--json");
        if (words.size() != 1 && !toFile) {
            System.err.println(USAGE);
            return 2;
        }
        try (SystemEnvironment system = new SystemEnvironment()) {
            Optional<List<Result>> results = results(words.getFirst(), new Stopwatch(system.environment().clock()));
            if (results.isEmpty()) {
                System.err.println("there is no benchmark " + words.getFirst() + "\n" + USAGE);
                return 2;
            }
            print(results.get());
            if (toFile) {
                write(results.get(), Path.of(words.get(2)));
            }
            return 0;
        }
    }

    private static Optional<List<Result>> results(String name, Stopwatch stopwatch) {
        return switch (name) {
            case "codec" -> Optional.of(new CodecBenchmark(stopwatch).run());
            case "scheduler" -> Optional.of(new SchedulerBenchmark(stopwatch).run());
            default -> Optional.empty();
        };
    }

    private static void print(List<Result> results) {
        System.out.printf("%-32s %14s %14s %8s  %s%n", "BENCHMARK", "VALUE", "REFERENCE", "RATIO", "UNIT");
        results.forEach(result -> System.out.printf(Locale.ROOT, "%-32s %,14.0f %,14.0f %8.2f  %s%n", result.name(),
                result.value(), result.reference(), result.ratio(), result.unit()));
    }

    private static void write(List<Result> results, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); JsonGenerator json = JsonCodec.generator(out)) {
            json.writeStartArray();
            for (Result result : results) {
                json.writeStartObject();
                json.writeStringField("name", result.name());
                json.writeNumberField("value", result.value());
                json.writeStringField("unit", result.unit());
                json.writeNumberField("reference", result.reference());
                json.writeNumberField("ratio", result.ratio());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
