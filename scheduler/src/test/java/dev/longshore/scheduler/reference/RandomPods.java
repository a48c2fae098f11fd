package dev.longshore.scheduler.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The words behind the names of random pods: few labels and keys, so that much of it meets. */
final class RandomPods {
    private static final List<String> KEYS = List.of("zone", "zone", "host", "host", "rack", "disk");
    private static final List<String> SELECTORS = List.of("app=web", "app=web", "app=db", "app=cache", "app=web|db",
            "app!=web", "app", "tier", "!tier", "tier=front", "app=web&tier=front", "app=db&tier!=back", "*", "-");
    private static final List<String> NODE_TERMS = List.of("disk=ssd", "disk=hdd", "disk!=ssd", "disk", "!disk",
            "size>2", "size<3", "zone=1", "zone=1|2", "zone!=1", "rack=r1", "disk=ssd&size>1", "@=a", "@=b|c", "@!=a",
            "@=a&zone=1", "*");

    private final SplittableRandom random;
    private final boolean affinity;
    private final boolean spread;
    private final boolean ports;
    private final boolean taints;
    private final boolean nodeTerms;
    private final boolean images;
    private final boolean oddContainers;

    RandomPods(SplittableRandom random) {
        this.random = random;
        this.affinity = chance(55);
        this.spread = chance(45);
        this.ports = chance(25);
        this.taints = chance(40);
        this.nodeTerms = chance(40);
        this.images = chance(40);
        this.oddContainers = chance(30);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Everything about a pod but its name. */
    String words() {
        List<String> words = new ArrayList<>();
        maybe(90, words, "app=" + any(List.of("web", "web", "db", "cache")));
        maybe(50, words, "tier=" + any(List.of("front", "back")));
        maybe(30, words, "rev=" + any(List.of("1", "2")));
        maybe(20, words, "ns:" + any(List.of("other", "other", "third")));
        maybe(20, words, "owner:" + any(List.of("ReplicaSet", "StatefulSet", "ReplicationController", "Job"))
                + "/" + any(List.of("o", "p")));
        maybe(30, words, "priority:" + any(List.of("5", "10", "-3")));
        addContainers(words);
        addNodeWishes(words);
        if (affinity) {
            addAffinity(words);
        }
        if (spread) {
            addSpread(words, "spread", 35);
            addSpread(words, "softspread", 45);
        }
        return String.join(" ", words);
    }

    private void maybe(int percent, List<String> words, String word) {
        if (chance(percent)) {
            words.add(word);
        }
    }

    private void addContainers(List<String> words) {
        if (oddContainers) {
            maybe(50, words, "c(" + container() + ")");
            maybe(40, words, "init(" + container() + ")");
            maybe(40, words, "sidecar(" + container() + ")");
            maybe(40, words, "init(" + container() + ")");
            maybe(25, words, "overhead(cpu:" + any(List.of("50m", "300m")) + ",mem:100Mi)");
        }
        if (!oddContainers || chance(50)) {
            String plain = container();
            words.addAll(plain.isEmpty() ? List.of() : List.of(plain.split(",")));
        }
        maybe(5, words, "hostnetwork");
    }

    private String container() {
        List<String> fields = new ArrayList<>();
        maybe(70, fields, "cpu:" + any(List.of("0", "50m", "100m", "250m", "500m", "1", "1500m")));
        maybe(70, fields, "mem:" + any(List.of("0", "64Mi", "128Mi", "500Mi", "1Gi", "1500000k")));
        maybe(10, fields, "eph:" + any(List.of("1Gi", "60Gi")));
        maybe(10, fields, "x/gpu:1");
        maybe(images ? 80 : 10, fields, "image:" + any(RandomScenario.IMAGES));
        if (ports && chance(60)) {
            fields.add("port:" + any(List.of("", "", "10.0.0.1/", "10.0.0.2/", "0.0.0.0/")) + any(List.of("80", "81"))
                    + any(List.of("", "", "/UDP")));
        }
        maybe(10, fields, "port:in80");
        return String.join(",", fields);
    }

    private void addNodeWishes(List<String> words) {
        if (taints) {
            for (int i = random.nextInt(3); i > 0; i--) {
                words.add("tolerates(" + any(List.of("gpu", "gpu=x", "gpu=y", "old", "*",
                        "node.kubernetes.io/unschedulable")) + any(
                                List.of("", ":NoSchedule", ":PreferNoSchedule",
                                        ":NoExecute"))
                        + ")");
            }
        }
        if (nodeTerms) {
            maybe(15, words, "selector:" + any(List.of("disk=ssd", "disk=hdd", "zone=1")));
            for (int i = chance(35) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
                words.add("needs(" + any(NODE_TERMS) + ")");
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                words.add("prefers(" + any(List.of(1, 3, 40)) + "," + any(NODE_TERMS) + ")");
            }
        }
        maybe(1, words, "selector:disk=ssd");
    }

    private void addAffinity(List<String> words) {
        addTerms(words, 20, "near(");
        addTerms(words, 20, "away(");
        for (String wish : List.of("likes(", "avoids(")) {
            addTerms(words, 30, wish + any(List.of("1", "3", "10", "100")) + ",");
        }
    }

    private void addTerms(List<String> words, int percent, String wish) {
        for (int i = chance(percent) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            StringBuilder term = new StringBuilder(wish).append(any(KEYS)).append(',').append(any(SELECTORS));
            if (chance(20)) {
                term.append(",ns:").append(any(List.of("other", "default", "default|other", "third")));
            }
            if (chance(15)) {
                term.append(",nsl:").append(any(List.of("*", "team=a", "team!=a", "team", "name=other")));
            }
            words.add(term.append(')').toString());
        }
    }

    /** One constraint for a key, as the API demands. */
    private void addSpread(List<String> words, String wish, int percent) {
        TreeSet<String> keys = new TreeSet<>();
        for (int i = chance(percent) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            keys.add(any(KEYS));
        }
        for (String key : keys) {
            StringBuilder spread = new StringBuilder(wish).append('(').append(any(List.of(1, 1, 2, 4))).append(',')
                    .append(key).append(',').append(any(SELECTORS));
            if (wish.equals("spread") && chance(20)) {
                spread.append(",min:").append(any(List.of(1, 2, 3, 4)));
            }
            if (chance(20)) {
                spread.append(",affinity:").append(any(List.of("Ignore", "Honor")));
            }
            if (chance(30)) {
                spread.append(",taints:").append(any(List.of("Ignore", "Honor", "Honor")));
            }
            if (chance(25) && !spread.toString().endsWith(",-")) {
                spread.append(",keys:").append(any(List.of("rev", "rev|none")));
            }
            words.add(spread.append(')').toString());
        }
    }
}
