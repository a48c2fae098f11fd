package dev.longshore.cli;

import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.lifecycle.FaultHandler;
import dev.longshore.common.loop.ThreadLoop;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.Scheduler;
import dev.longshore.scheduler.recording.FileRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of a scheduler that records its decisions. */
final class RecordOption {
    private static final System.Logger LOG = System.getLogger(RecordOption.class.getName());

    @Option(names = "--record", defaultValue = "", paramLabel = "FILE", description = "Records what the scheduler sees and decides, for 'longshore replay FILE'. An earlier FILE becomes FILE.1.")
    private String file;

    /**
     * Has the scheduler recorded if the user wants that.
     *
     * @param configuration the text of the scheduler's configuration file; "" if it has none
     * @return what is to be started before the scheduler and its loop, and stopped after them
     */
    List<Component> of(Scheduler scheduler, String configuration, Environment environment, FaultHandler faults) {
        if (file.isEmpty()) {
            return List.of();
        }
        ThreadLoop writing = new ThreadLoop("scheduler-recorder", FileRecorder.LOOP_QUEUE_LIMIT, environment.timers(),
                faults);
        FileRecorder recorder = new FileRecorder(writing, open(), configuration);
        scheduler.recordTo(recorder);
        LOG.log(System.Logger.Level.INFO, "recording=" + file);
        return List.of(writing, recorder);
    }

    private RecordingOnDisk open() {
        try {
            return RecordingOnDisk.create(Path.of(file));
        } catch (IOException e) {
            throw CommandFailure.usage("--record " + file + ": cannot be written: " + e.getClass().getSimpleName());
        }
    }
}
