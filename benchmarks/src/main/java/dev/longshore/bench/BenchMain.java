package dev.longshore.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.common.time.Clock;
import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code longshore bench NAME [--json F] [--only TEXT] [--quick]}: runs a benchmark and prints its table; F gets the
 * figures as JSON.
 */
public final class BenchMain {
    private static final String USAGE = "usage: longshore bench codec|scheduler [--json FILE]"
            + " [--only PART-OF-A-SCHEDULER-SCENARIO] [--quick]";

    private BenchMain() {
    }

    private record Options(String name, Optional<Path> json, String only, boolean quick) {
        static Optional<Options> parse(List<String> words) {
            Optional<Path> json = Optional.empty();
            String only = "";
            boolean quick = false;
            for (int i = 1; i < words.size(); i++) {
                boolean hasValue = i + 1 < words.size();
                if (words.get(i).equals("--quick")) {
                    quick = true;
                } else if (words.get(i).equals("--json") && hasValue) {
                    json = Optional.of(Path.of(words.get(++i)));
                } else if (words.get(i).equals("--only") && hasValue) {
                    only = words.get(++i);
                } else {
                    return Optional.empty();
                }
            }
            return words.isEmpty() ? Optional.empty() : Optional.of(new Options(words.getFirst(), json, only, quick));
        }
    }

    public static void main(String[] words) throws IOException {
        System.exit(run(Arrays.asList(words)));
    }

    private static int run(List<String> words) throws IOException {
        Optional<Options> options = Options.parse(words);
        if (options.isEmpty()) {
            System.err.println(USAGE);
            return 2;
        }
        try (SystemEnvironment system = new SystemEnvironment()) {
            Optional<List<Result>> results = results(options.get(), system.environment().clock());
            if (results.isEmpty()) {
                System.err.println("there is no benchmark " + options.get().name() + "\n" + USAGE);
                return 2;
            }
            print(results.get());
            if (options.get().json().isPresent()) {
                write(results.get(), options.get().json().get());
            }
            return 0;
        }
    }

    private static Optional<List<Result>> results(Options options, Clock clock) {
        return switch (options.name()) {
            case "codec" -> Optional.of(new CodecBenchmark(new Stopwatch(clock)).run());
            case "scheduler" -> Optional.of(new SchedulerBenchmark(clock, options.quick()).run(options.only()));
            default -> Optional.empty();
        };
    }

    private static void print(List<Result> results) {
        System.out.printf("%-36s %14s %14s %8s  %s%n", "BENCHMARK", "VALUE", "REFERENCE", "RATIO", "UNIT");
        results.forEach(result -> System.out.printf(Locale.ROOT, "%-36s %,14.0f %,14.0f %8.2f  %s%n", result.name(),
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
