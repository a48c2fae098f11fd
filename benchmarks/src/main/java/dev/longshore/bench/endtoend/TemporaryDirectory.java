package dev.longshore.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

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
        delete(directory);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
