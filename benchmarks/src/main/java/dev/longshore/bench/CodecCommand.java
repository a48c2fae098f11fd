package dev.longshore.bench;

import dev.longshore.common.time.SystemEnvironment;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Objects to and from bytes. */
@Command(name = "codec", mixinStandardHelpOptions = true, description = "Objects to and from JSON and protobuf.")
final class CodecCommand implements Callable<Integer> {
    @Mixin
    private Report report;

    @Override
    public Integer call() throws IOException {
        try (SystemEnvironment system = new SystemEnvironment()) {
            report.show(new CodecBenchmark(new Stopwatch(system.environment().clock())).run());
        }
        return 0;
    }
}
