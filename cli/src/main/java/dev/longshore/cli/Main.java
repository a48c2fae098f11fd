package dev.longshore.cli;

import dev.longshore.common.logging.Logging;
import java.util.logging.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The longshore command. */
@Command(name = "longshore", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", description = {
        "Runs containers across machines and speaks the Kubernetes API.", "",
        "Start here: 'longshore up', then use kubectl with 'export KUBECONFIG=$(longshore kubeconfig)'."}, subcommands = {
                UpCommand.class, DownCommand.class, StatusCommand.class, KubeconfigCommand.class, DemoCommand.class,
                ExplainCommand.class, SimulateCommand.class,
                CertificatesCommand.class, ApiServerCommand.class, SchedulerCommand.class,
                ControllerManagerCommand.class, AgentCommand.class, AllInOneCommand.class, RehearseCommand.class,
                ReplayCommand.class,
                CommandLine.HelpCommand.class}, footer = {"",
                        "In a checkout there are two more: 'longshore test [unit|e2e|all]' runs the tests,",
                        "'longshore sim --seeds N [--from S]' runs the simulator.", "",
                        "'longshore rehearse' lets the components of this machine start faster; a build does it."})
public final class Main {
    private Main() {
    }

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Runs a command; the exit code is 0 when it did what was asked, 1 when not, 2 for a wrong command line or
     * configuration.
     */
    static int run(String... args) {
        // Commands print what matters; components set their own level.
        Logging.configure(Level.WARNING, false);
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, _, _) -> {
            if (failure instanceof CommandFailure known) {
                line.getErr().println("longshore: " + known.getMessage());
                return known.exitCode();
            }
            line.getErr().println("longshore: unexpected: " + failure);
            failure.printStackTrace(line.getErr());
            return CommandLine.ExitCode.SOFTWARE;
        });
        if (args.length == 0) {
            line.usage(line.getOut());
            return 0;
        }
        return line.execute(args);
    }
}
