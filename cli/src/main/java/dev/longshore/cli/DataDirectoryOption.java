package dev.longshore.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which cluster of this machine a command is about. */
final class DataDirectoryOption {
    @Option(names = "--data-dir", paramLabel = "D", defaultValue = "${env:LONGSHORE_DATA_DIR:-/var/lib/longshore}", description = "Directory of the cluster on this machine (default: $LONGSHORE_DATA_DIR or /var/lib/longshore).")
    private Path path;

    DataDirectory get() {
        return new DataDirectory(path);
    }

    /** The directory of a cluster that was started here before. */
    DataDirectory existing() {
        DataDirectory directory = get();
        if (!directory.exists()) {
            throw new CommandFailure(
                    "there is no cluster in " + directory.root()
                            + "; start one with 'longshore up', or name --data-dir");
        }
        directory.open();
        return directory;
    }
}
