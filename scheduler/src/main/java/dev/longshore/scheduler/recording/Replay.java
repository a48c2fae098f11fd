package dev.longshore.scheduler.recording;

import dev.longshore.scheduler.config.ConfigurationException;
import dev.longshore.scheduler.config.KubeSchedulerConfiguration;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulingMachine;
import dev.longshore.scheduler.cycle.TieBreaker;
import dev.longshore.scheduler.state.ClusterState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Feeds a new machine with a recording, line by line, and compares what it decides with what was recorded. Owner: one
 * thread.
 */
public final class Replay {
    private final RecordingReader recording;
    private final SchedulingMachine machine;

    /** What came of one line. */
    public sealed interface Outcome {
        /** No decision, then and now. */
        record Nothing() implements Outcome {}

        /** The same decision. */
        record Same(Instant at, String decision) implements Outcome {}

        /**
         * Another decision, and then the lines behind it tell of another cluster. "" is no decision.
         *
         * @param line the number of the line, from 1
         */
        record Differs(long line, String recorded, String replayed) implements Outcome {}

        /** The last line: the scheduler went on, but the recording did not. */
        record Cut(String reason) implements Outcome {}
    }

    /**
     * @param in the recording; stays open
     * @throws BrokenRecordingException when its first line does not say that it is one
     */
    public Replay(InputStream in) throws IOException {
        recording = new RecordingReader(in);
        KubeSchedulerConfiguration configuration = configuration(recording.recorded().configuration());
        machine = new SchedulingMachine(configuration.profiles(), configuration.backOff(), new ClusterState(),
                new TieBreaker(recording.recorded().seed()), false);
    }

    private static KubeSchedulerConfiguration configuration(String text) {
        if (text.isEmpty()) {
            return KubeSchedulerConfiguration.STANDARD;
        }
        try {
            return KubeSchedulerConfiguration.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (ConfigurationException e) {
            throw new BrokenRecordingException(1, "has a configuration that cannot be read: " + e.getMessage());
        }
    }

    /**
     * Takes in one line; empty behind the last.
     *
     * @throws BrokenRecordingException when no recorder writes such a line
     */
    public Optional<Outcome> next() throws IOException {
        return recording.next().map(line -> switch (line) {
            case Line.Call call -> compare(call);
            case Line.Cut(var reason) -> new Outcome.Cut(reason);
        });
    }

    private Outcome compare(Line.Call call) {
        String replayed = repeat(call).map(DecisionText::of).orElse("");
        if (!replayed.equals(call.decision())) {
            return new Outcome.Differs(recording.number(), call.decision(), replayed);
        }
        return replayed.isEmpty() ? new Outcome.Nothing() : new Outcome.Same(call.at(), replayed);
    }

    private Optional<Intent> repeat(Line.Call call) {
        return switch (call.input()) {
            case Line.Input.Handle(var event) -> machine.handle(event, call.at());
            case Line.Input.Settle() -> machine.settle(call.at());
            case Line.Input.Step() -> machine.step(call.at());
        };
    }
}
