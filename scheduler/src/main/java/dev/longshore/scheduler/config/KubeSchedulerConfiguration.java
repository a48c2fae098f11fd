package dev.longshore.scheduler.config;

import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.queue.BackOff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a scheduler is told by its configuration file (Kubernetes 1.32, kubescheduler.config.k8s.io/v1).
 *
 * @param backOff  how long pods that could not be placed wait at least
 * @param warnings what the file says without effect, a line each: the field's path, a colon, and why
 */
public record KubeSchedulerConfiguration(Profiles profiles, BackOff backOff, LeaderElection leaderElection,
        List<String> warnings) {
    /** Without a file. */
    public static final KubeSchedulerConfiguration STANDARD = new KubeSchedulerConfiguration(Profiles.standard(),
            BackOff.STANDARD, LeaderElection.STANDARD, List.of());

    static final String API_VERSION = "kubescheduler.config.k8s.io/v1";

    private static final String KIND = "KubeSchedulerConfiguration";
    private static final String EVERY_NODE = "no effect: every node that fits is scored";
    private static final int HUNDRED_PERCENT = 100;

    public KubeSchedulerConfiguration {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the file's text, YAML or JSON.
     *
     * @throws ConfigurationException when it is not such a configuration, or asks for what this scheduler cannot do
     */
    public static KubeSchedulerConfiguration read(byte[] text) {
        Field document = TreeReader.read(text);
        Section section = document.section("apiVersion", "kind", "profiles", "leaderElection", "clientConnection",
                "parallelism", "percentageOfNodesToScore", "podInitialBackoffSeconds", "podMaxBackoffSeconds",
                "enableProfiling", "enableContentionProfiling", "delayCacheUntilActive", "extenders");
        section.required("apiVersion").oneOf(API_VERSION);
        section.required("kind").oneOf(KIND);
        Warnings warnings = new Warnings();
        warnOfTheRest(section, warnings);
        Profiles profiles = new ProfileReader(warnings).read(section);
        return new KubeSchedulerConfiguration(profiles, backOff(section),
                section.value("leaderElection", LeaderElection::read, LeaderElection.STANDARD), warnings.lines());
    }

    private static BackOff backOff(Section section) {
        int first = section.integer("podInitialBackoffSeconds", 1, Integer.MAX_VALUE,
                (int) BackOff.STANDARD.first().toSeconds());
        int longest = section.integer("podMaxBackoffSeconds", 1, Integer.MAX_VALUE,
                (int) BackOff.STANDARD.longest().toSeconds());
        if (longest < first) {
            throw section.wrong("podMaxBackoffSeconds",
                    longest + " is less than podInitialBackoffSeconds, which is " + first);
        }
        return new BackOff(Duration.ofSeconds(first), Duration.ofSeconds(longest));
    }

    private static void warnOfTheRest(Section section, Warnings warnings) {
        section.field("parallelism").ifPresent(field -> {
            field.integer(1, Integer.MAX_VALUE);
            warnings.add(field, "no effect: one thread decides about all nodes");
        });
        readPercentage(section, warnings);
        section.field("clientConnection").ifPresent(field -> {
            readConnection(field.section("kubeconfig", "acceptContentTypes", "contentType", "qps", "burst"));
            warnings.add(field, "no effect: the command line says how the API servers are reached");
        });
        for (String name : List.of("enableProfiling", "enableContentionProfiling")) {
            warnIfTrue(section.field(name), "no effect: there is no profiling endpoint", warnings);
        }
        warnIfTrue(section.field("delayCacheUntilActive"), "no effect: a scheduler that does not lead keeps up, too",
                warnings);
        if (!section.items("extenders").isEmpty()) {
            throw section.wrong("extenders", "are not supported");
        }
    }

    private static void readConnection(Section section) {
        for (String name : List.of("kubeconfig", "acceptContentTypes", "contentType")) {
            section.field(name).filter(field -> !field.tree().equals(new Tree.Text(""))).ifPresent(Field::text);
        }
        section.field("qps").ifPresent(Field::number);
        section.field("burst").ifPresent(field -> field.integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static void warnIfTrue(Optional<Field> field, String why, Warnings warnings) {
        field.filter(Field::truth).ifPresent(found -> warnings.add(found, why));
    }

    /** 100 is what happens anyway. */
    static void readPercentage(Section section, Warnings warnings) {
        section.field("percentageOfNodesToScore").ifPresent(field -> {
            if (field.integer(0, HUNDRED_PERCENT) < HUNDRED_PERCENT) {
                warnings.add(field, EVERY_NODE);
            }
        });
    }
}
