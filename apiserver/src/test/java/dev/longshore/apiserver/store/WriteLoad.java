package dev.longshore.apiserver.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.common.time.SystemEnvironment;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process that writes to an {@link EmbeddedStore} without end, in several threads, and prints a line
 * {@code <value> <revision>} for each write once it is acknowledged. A test kills it.
 */
final class WriteLoad {
    private static final int WRITERS = 16;

    private WriteLoad() {
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        SystemEnvironment system = new SystemEnvironment();
        Store store = EmbeddedStore.open(Path.of(arguments[0]), system.environment(), (component, cause) -> {
            throw new AssertionError(component, cause);
        });
        for (int writer = 0; writer < WRITERS; writer++) {
            String name = "w" + writer + "-";
            Thread.ofPlatform().start(() -> writeForever(store, name, out));
        }
    }

    private static void writeForever(Store store, String name, PrintStream out) {
        for (long i = 0; i < Long.MAX_VALUE; i++) {
            String value = name + i;
            byte[] bytes = value.getBytes(UTF_8);
            WriteResult result = store.put("/load/" + value, bytes, OptionalLong.of(0), Optional.empty()).join();
            if (result instanceof WriteResult.Written written) {
                out.println(value + " " + written.revision());
            }
        }
    }
}
