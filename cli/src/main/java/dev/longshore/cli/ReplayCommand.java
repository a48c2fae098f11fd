package dev.longshore.cli;

import dev.longshore.common.time.Clock;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.scheduler.recording.BrokenRecordingException;
import dev.longshore.scheduler.recording.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a scheduler's recorded decisions again. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = {
        "Makes the decisions of a recorded scheduler again and compares them with the recorded ones.", "",
        "A recording comes from 'longshore scheduler --record FILE'. No cluster is needed, and none is touched.",
        "The exit code is 0 when all decisions are as recorded, 1 when one is not, 2 when the file is no recording."})
final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The recording.")
    private Path file;

    @Option(names = {"-q", "--quiet"}, description = "Prints the result, not each decision.")
    private boolean quiet;

    @Override
    public Integer call() {
        try (SystemEnvironment system = new SystemEnvironment(); InputStream in = Files.newInputStream(file)) {
            PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
            try {
                return new Run(out, system.environment().clock()).all(new Replay(in));
            } finally {
                out.flush();
            }
        } catch (BrokenRecordingException e) {
            throw CommandFailure.usage(file + ":" + e.line() + ": the line " + e.getMessage());
        } catch (NoSuchFileException _) {
            throw CommandFailure.usage(file + ": there is no such file");
        } catch (IOException e) {
            throw CommandFailure.usage(file + ": cannot be read: " + e.getMessage());
        }
    }

    private final class Run {
        private final PrintWriter out;
        private final Clock clock;
        private final long begunNanos;
        private long told;
        private long lines = 1;
        private long decisions;
        private String cut = "";

        Run(PrintWriter out, Clock clock) {
            this.out = out;
            this.clock = clock;
            this.begunNanos = clock.nanos();
        }

        int all(Replay replay) throws IOException {
            for (Optional<Replay.Outcome> next = replay.next(); next.isPresent(); next = replay.next()) {
                lines++;
                switch (next.get()) {
                    case Replay.Outcome.Nothing() -> {
                    }
                    case Replay.Outcome.Same same -> decided(same);
                    case Replay.Outcome.Cut(var reason) -> cut = "; the recording is cut: " + reason;
                    case Replay.Outcome.Differs differs -> {
                        return differs(differs);
                    }
                }
                tellProgress();
            }
            out.println(decisions + " decisions, all as recorded" + cut);
            return ExitCode.OK;
        }

        private void decided(Replay.Outcome.Same same) {
            decisions++;
            if (!quiet) {
                out.println(same.at() + " " + same.decision());
            }
        }

        private int differs(Replay.Outcome.Differs differs) {
            out.println(file + ":" + differs.line() + ": another decision than recorded, after " + decisions
                    + " that are as recorded");
            out.println("  recorded: " + shown(differs.recorded()));
            out.println("  replayed: " + shown(differs.replayed()));
            return ExitCode.SOFTWARE;
        }

        private static String shown(String decision) {
            return decision.isEmpty() ? "no decision" : decision;
        }

        private void tellProgress() {
            long steps = (clock.nanos() - begunNanos) / Terminal.PROGRESS_EVERY.toNanos();
            if (steps > told) {
                told = steps;
                System.err.println("  " + lines + " lines, " + decisions + " decisions ... "
                        + Duration.ofNanos(clock.nanos() - begunNanos).toSeconds() + " s");
            }
        }
    }
}
