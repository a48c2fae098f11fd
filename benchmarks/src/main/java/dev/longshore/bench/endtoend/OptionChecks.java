package dev.longshore.bench.endtoend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Refuses what the options of a command cannot mean, as its usage error. A mixin without options of its own. */
@Command
final class OptionChecks {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** @throws ParameterException if the value is less */
    void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw wrong(option + ": " + value + " is less than " + least);
        }
    }

    ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
