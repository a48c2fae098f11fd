package dev.longshore.bench;

import dev.longshore.bench.endtoend.CrashCommand;
import dev.longshore.bench.endtoend.ScheduleCommand;
import dev.longshore.common.logging.Logging;
import java.util.logging.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code longshore bench NAME}: runs a benchmark and prints its table. */
@Command(name = "longshore bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "NAME", description = "Measures parts of Longshore, each against a plain way of doing the same.", subcommands = {
        CodecCommand.class, SchedulerCommand.class, JmhCommand.class, ScheduleCommand.class, CrashCommand.class,
        CommandLine.HelpCommand.class})
public final class BenchMain {
    private BenchMain() {
    }

    public static void main(String[] words) {
        System.exit(run(words));
    }

    /** The exit code is 0 when it was measured, 1 when it could not be, 2 for a wrong command line. */
    static int run(String... words) {
        Logging.configure(Level.WARNING, false);
        CommandLine line = new CommandLine(new BenchMain());
        line.setExecutionExceptionHandler((failure, _, _) -> {
            line.getErr().println("longshore bench: " + failure);
            return 1;
        });
        if (words.length == 0) {
            line.usage(line.getErr());
            return 2;
        }
        return line.execute(words);
    }
}
