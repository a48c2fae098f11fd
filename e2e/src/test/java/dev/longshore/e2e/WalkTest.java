package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name exists: classes, packages and other pages. */
class WalkTest {
    private static final String OVERVIEW = "docs/architecture/README.md";
    private static final String WALK = "docs/architecture/walk-one-pod.md";
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    /** {@code PodPlan}, {@code PodAction.RunSandbox}, {@code ApiClient.bind}. */
    private static final Pattern CLASS = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?");
    /** {@code XPlan}: what somebody is to write. */
    private static final Pattern PLACEHOLDER = Pattern.compile("X(?:[A-Z]\\w*)?");
    private static final Pattern LINK = Pattern.compile("\\]\\(((?!https?:)[^)#]+)[^)]*\\)");
    private static final Pattern PACKAGE = Pattern.compile("([a-z-]+)/([a-z]+)");

    /** The stations of a pod, in the order in which the walk has to name them first. */
    private static final List<String> STATIONS = List.of("NettyHttpServer", "HttpStreamHandler", "ApiHandler",
            "ResourceHandler", "StoreRegistry", "Creation", "ObjectStorage", "Store", "WatchCache", "Informer",
            "DeploymentReconciler", "DeploymentPlan", "ReplicaSetReconciler", "Scheduler", "SchedulingMachine",
            "Binder", "PodBinding", "Agent", "PodWorkers", "PodPlan", "PodOperations", "CriRuntime", "Containerd",
            "RuntimeWatcher", "StatusWriter", "EndpointSliceReconciler", "ServiceProxy", "DnsServer", "Removal",
            "ContainerStopper");

    @ParameterizedTest
    @MethodSource("pages")
    void everyClassExists(String page) throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        for (String quoted : quoted(page)) {
            Matcher name = CLASS.matcher(quoted);
            if (name.matches() && !PLACEHOLDER.matcher(quoted).matches()) {
                String text = sources.getOrDefault(name.group(1), "");
                boolean found = name.group(2) == null
                        ? !text.isEmpty()
                        : Pattern.compile("\\b" + name.group(2) + "\\b").matcher(text).find();
                if (!found) {
                    missing.add(quoted);
                }
            }
        }
        assertThat(missing).as("names in " + page + " that are no class, or not in that class").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPackageExists(String page) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String quoted : quoted(page)) {
            Matcher name = PACKAGE.matcher(quoted);
            if (name.matches() && Files.isDirectory(Shell.ROOT.resolve(name.group(1) + "/src/main/java"))
                    && !packages(name.group(1)).contains(name.group(2))) {
                missing.add(quoted);
            }
        }
        assertThat(missing).as("packages in " + page + " that do not exist").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(String page) throws IOException {
        Path file = Shell.ROOT.resolve(page);
        assertThat(LINK.matcher(Files.readString(file)).results().map(link -> link.group(1))
                .filter(link -> !Files.exists(file.resolveSibling(link)))).isEmpty();
    }

    @Test
    void theWalkPassesTheStationsInOrder() throws IOException {
        List<String> named = quoted(WALK).stream().filter(STATIONS::contains).distinct().toList();
        assertThat(named).containsExactlyElementsOf(STATIONS);
    }

    @Test
    void theOverviewNamesEveryPackageOfTheComponents() throws IOException {
        List<String> quoted = quoted(OVERVIEW);
        List<String> missing = new ArrayList<>();
        for (String module : List.of("client", "apiserver", "scheduler", "agent")) {
            packages(module).stream().map(name -> module + "/" + name).filter(name -> !quoted.contains(name))
                    .forEach(missing::add);
        }
        assertThat(missing).as("packages that docs/architecture/README.md leaves out").isEmpty();
    }

    /** Everything that people are told to read. */
    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(Shell.ROOT.resolve("docs"))) {
            List<String> found = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md"));
            files.filter(file -> file.toString().endsWith(".md")).map(file -> Shell.ROOT.relativize(file).toString())
                    .sorted().forEach(found::add);
            return found;
        }
    }

    private static List<String> quoted(String page) throws IOException {
        return QUOTED.matcher(Files.readString(Shell.ROOT.resolve(page)).replaceAll("(?s)```.*?```", "")).results()
                .map(found -> found.group(1)).toList();
    }

    /** The packages directly below the module's own. */
    private static TreeSet<String> packages(String module) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        Path base = Shell.ROOT.resolve(module).resolve("src/main/java/dev/longshore");
        try (Stream<Path> roots = Files.list(base)) {
            for (Path root : roots.filter(Files::isDirectory).toList()) {
                try (Stream<Path> children = Files.list(root)) {
                    children.filter(Files::isDirectory).forEach(child -> names.add(child.getFileName().toString()));
                }
            }
        }
        return names;
    }

    /** The text of every production and test class by its name; of several of one name, all. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> modules = Files.list(Shell.ROOT)) {
            for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml"))).toList()) {
                Path sources = module.resolve("src");
                if (Files.isDirectory(sources)) {
                    try (Stream<Path> files = Files.walk(sources)) {
                        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                            String name = file.getFileName().toString();
                            texts.merge(name.substring(0, name.length() - ".java".length()), Files.readString(file),
                                    String::concat);
                        }
                    }
                }
            }
        }
        return texts;
    }
}
