package dev.longshore.scheduler.recording;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a replay came to: the decisions that were the same, and how it ended. */
record Replayed(List<String> decisions, Optional<Replay.Outcome> end) {
    /** Replays up to the first difference, the cut or the end. */
    static Replayed of(List<String> lines) {
        return of((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Replayed of(byte[] recording) {
        try {
            Replay replay = new Replay(new ByteArrayInputStream(recording));
            List<String> decisions = new ArrayList<>();
            while (true) {
                Optional<Replay.Outcome> outcome = replay.next();
                if (outcome.isPresent() && outcome.get() instanceof Replay.Outcome.Same(var at, var decision)) {
                    decisions.add(at + " " + decision);
                } else if (outcome.isEmpty() || !(outcome.get() instanceof Replay.Outcome.Nothing)) {
                    return new Replayed(decisions, outcome);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
