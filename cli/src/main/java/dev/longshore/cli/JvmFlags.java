package dev.longshore.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the virtual machines of components run. {@code LONGSHORE_JAVA_OPTS} adds to these, and wins; the launcher says in
 * {@code LONGSHORE_AOT_CACHE} where what a rehearsal taught lies.
 */
final class JvmFlags {
    private JvmFlags() {
    }

    /** A laptop's memory matters more than the last bit of throughput: one collector thread, a bounded heap. */
    static List<String> allInOne(DataDirectory directory) {
        List<String> flags = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders", "-Xmx512m", "-XX:MaxDirectMemorySize=256m",
                "-XX:ReservedCodeCacheSize=96m", "-Xss512k", "-XX:+ExitOnOutOfMemoryError",
                "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + directory.root(),
                "-Dio.netty.leakDetection.level=disabled"));
        Optional.ofNullable(System.getenv("LONGSHORE_AOT_CACHE")).ifPresent(file -> flags.add("-XX:AOTCache=" + file));
        Stream.of(System.getenv().getOrDefault("LONGSHORE_JAVA_OPTS", "").split(" ")).filter(flag -> !flag.isBlank())
                .forEach(flags::add);
        return flags;
    }
}
