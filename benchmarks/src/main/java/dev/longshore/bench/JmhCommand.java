package dev.longshore.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Hands the command line to JMH. */
@Command(name = "jmh", description = {"Decisions of the scheduler under JMH, with JMH's own options, such as",
        "  longshore bench jmh -p scenario=preemption -prof gc"})
final class JmhCommand implements Callable<Integer> {
    @Option(names = {"-h", "--help"}, description = "Shows JMH's options.")
    private boolean help;

    @Unmatched
    private final List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, RunnerException {
        CommandLineOptions chosen = options();
        if (help) {
            chosen.showHelp();
        } else {
            new Runner(new OptionsBuilder().parent(chosen).shouldFailOnError(true).build()).run();
        }
        return 0;
    }

    private CommandLineOptions options() {
        try {
            return new CommandLineOptions(words.toArray(String[]::new));
        } catch (CommandLineOptionException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
