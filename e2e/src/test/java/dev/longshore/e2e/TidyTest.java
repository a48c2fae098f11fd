package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads the sources and refuses what the rules of the project forbid, naming what to use in its place.
 */
class TidyTest {
    private static final Path ROOT = Path.of(System.getProperty("longshore.root", "..")).toAbsolutePath().normalize();

    /**
     * The production adapters: the only classes that may touch the clock, sleep, or draw random numbers. Keys and serial
     * numbers of certificates come from the system's secure source and from nothing that a test could foresee. The loop
     * rests without a lock; simulations have one of their own.
     */
    private static final Set<String> ADAPTERS = Set.of(
            "common/src/main/java/dev/longshore/common/time/SystemEnvironment.java",
            "common/src/main/java/dev/longshore/common/loop/ThreadLoop.java",
            "apiserver/src/main/java/dev/longshore/apiserver/pki/CertificateAuthority.java");

    private static final Map<String, String> BANNED_OUTSIDE_ADAPTERS = Map.ofEntries(
            Map.entry("\\bInstant\\.now\\(", "Clock.now()"), Map.entry("\\bSystem\\.nanoTime\\(", "Clock.nanos()"),
            Map.entry("\\bSystem\\.currentTimeMillis\\(", "Clock.now()"),
            Map.entry("\\bLocalDateTime\\.now\\(|\\bZonedDateTime\\.now\\(|\\bOffsetDateTime\\.now\\(", "Clock.now()"),
            Map.entry("\\bClock\\.system", "Environment.clock()"),
            Map.entry("\\bThread\\.sleep\\(|\\bTimeUnit\\.\\w+\\.sleep\\(", "Timers.after(..) or Waiting"),
            Map.entry("\\bLockSupport\\.park", "Timers.after(..) or Waiting"),
            Map.entry("\\bnew Random\\(|\\bnew SecureRandom\\(|\\bThreadLocalRandom\\b|\\bMath\\.random\\(",
                    "Randomness"),
            Map.entry("\\bUUID\\.randomUUID\\(", "Randomness.uuid()"));

    private static final Map<String, String> BANNED_EVERYWHERE = Map.of("\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b",
            "an issue", "^import [\\w.]+\\.\\*;", "explicit imports", "\\.printStackTrace\\(\\)", "System.Logger",
            "\\bForkJoinPool\\.commonPool\\(|\\bparallelStream\\(", "Environment.tasks()", "org\\.mockito",
            "a hand-written fake", "@Disabled\\b", "a test that runs, or none", "\\bSystem\\.exit\\(",
            "an exit code from Main.run, or FaultHandler");

    private static final Set<String> MAY_EXIT = Set.of("cli/src/main/java/dev/longshore/cli/Main.java",
            "e2e/src/main/java/dev/longshore/sim/SimMain.java",
            "benchmarks/src/main/java/dev/longshore/bench/BenchMain.java",
            "e2e/src/test/java/dev/longshore/e2e/TidyTest.java");

    @Test
    void noProductionClassOutsideTheAdaptersReadsAClockSleepsOrDrawsARandomNumber() throws IOException {
        assertThat(findings("/src/main/java/", BANNED_OUTSIDE_ADAPTERS, ADAPTERS)).isEmpty();
    }

    @Test
    void testsAwaitConditionsInsteadOfSleeping() throws IOException {
        assertThat(findings("/src/test/java/", Map.of("\\bThread\\.sleep\\(", "Awaitility.await()"),
                Set.of("e2e/src/test/java/dev/longshore/e2e/TidyTest.java"))).isEmpty();
    }

    @Test
    void nothingIsLeftOverAndNothingIsImportedWholesale() throws IOException {
        assertThat(findings("/src/", BANNED_EVERYWHERE, MAY_EXIT)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path file : sources("/src/main/java/")) {
            if (!Files.exists(file.resolveSibling("package-info.java"))) {
                missing.add(ROOT.relativize(file.getParent()).toString());
            }
        }
        assertThat(missing).as("packages without package-info.java").isEmpty();
    }

    @Test
    void everyReconcilerIsListed() throws IOException {
        assertThat(unlisted("controller-manager", "Reconciler.java", "Controllers.java", Set.of("Reconciler")))
                .isEmpty();
    }

    @Test
    void everyVolumeTypeIsListed() throws IOException {
        assertThat(unlisted("agent", "Volume.java", "VolumeTypes.java", Set.of("Volume", "PodVolume"))).isEmpty();
    }

    @Test
    void noVersionStandsOutsideTheParentPom() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> poms = Files.list(ROOT)) {
            for (Path pom : poms.map(module -> module.resolve("pom.xml")).filter(Files::exists).sorted().toList()) {
                for (String line : Files.readAllLines(pom)) {
                    if (line.matches("\\s*<version>[0-9].*") && !line.contains("0.1.0-SNAPSHOT")) {
                        found.add(ROOT.relativize(pom) + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<String> unlisted(String module, String suffix, String list, Set<String> notEntries)
            throws IOException {
        List<Path> files = sources("/src/main/java/").stream()
                .filter(file -> file.toString().startsWith(ROOT.resolve(module).toString())).toList();
        Path listFile = files.stream().filter(file -> file.getFileName().toString().equals(list)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + list + " in " + module));
        String text = Files.readString(listFile);
        return files.stream().map(file -> file.getFileName().toString()).filter(name -> name.endsWith(suffix))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .filter(name -> !notEntries.contains(name) && !text.contains(name)).toList();
    }

    private static List<String> findings(String where, Map<String, String> banned, Set<String> exempt)
            throws IOException {
        List<String> found = new ArrayList<>();
        Map<String, Pattern> patterns = new TreeMap<>();
        banned.keySet().forEach(expression -> patterns.put(expression, Pattern.compile(expression)));
        for (Path file : sources(where)) {
            String name = ROOT.relativize(file).toString();
            if (exempt.contains(name)) {
                continue;
            }
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (isComment(line)) {
                    continue;
                }
                for (var entry : patterns.entrySet()) {
                    if (entry.getValue().matcher(line).find()) {
                        found.add(name + ":" + (i + 1) + ": use " + banned.get(entry.getKey()) + " instead of: "
                                + line.strip());
                    }
                }
            }
        }
        return found;
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return (text.startsWith("*") || text.startsWith("//") || text.startsWith("/*"))
                && !text.contains("TODO") && !text.contains("FIXME");
    }

    private static List<Path> sources(String where) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml"))).sorted().toList()) {
                Path sources = module.resolve("src");
                if (!Files.isDirectory(sources)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith(".java") && file.toString().contains(where)).sorted()
                            .forEach(found::add);
                }
            }
        }
        assertThat(found).as("sources under " + ROOT).isNotEmpty();
        return found;
    }
}
