package dev.longshore.bench.endtoend;

import dev.longshore.common.files.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory for one run; what is in it is kept when the run fails, since it says why. */
final class TemporaryDirectory {
    private TemporaryDirectory() {
    }

    interface Use {
        void in(Path directory) throws Exception;
    }

    static void use(String prefix, Use use) throws Exception {
        Path directory = Files.createTempDirectory(prefix);
        try {
            use.in(directory);
        } catch (Exception e) {
            System.err.println("what the processes said is in " + directory);
            throw e;
        }
        FileTree.delete(directory);
    }
}
