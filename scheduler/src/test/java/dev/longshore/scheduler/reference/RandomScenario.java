package dev.longshore.scheduler.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Makes up small clusters, and what happens to them, from a seed. */
public final class RandomScenario {
    static final List<String> IMAGES = List.of("img", "img:v1", "reg.io:5000/big", "img@sha256:1");

    private static final int MOST_NODES = 12;
    private static final int MOST_PODS = 30;

    private final SplittableRandom random;
    private final RandomPods pods;
    private final boolean tight;
    private final boolean taints;
    private final List<String> templates;
    private final List<String> lines = new ArrayList<>();
    private final List<String> nodeNames = new ArrayList<>();
    private final List<String> podNames = new ArrayList<>();
    private int number;

    private RandomScenario(long seed) {
        this.random = new SplittableRandom(seed);
        this.pods = new RandomPods(random);
        this.tight = pods.chance(50);
        this.taints = pods.chance(50);
        this.templates = IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(_ -> pods.words()).toList();
    }

    /** Lines for {@link SideBySide}. */
    public static List<String> lines(long seed) {
        RandomScenario scenario = new RandomScenario(seed);
        scenario.build();
        return scenario.lines;
    }

    private void build() {
        for (int i = 1 + random.nextInt(MOST_NODES); i > 0; i--) {
            putNode(String.valueOf((char) ('a' + nodeNames.size())));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            putObject();
        }
        for (int i = random.nextInt(MOST_PODS + 1); i > 0; i--) {
            placePod();
        }
        for (int i = 3 + random.nextInt(3); i > 0; i--) {
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                change();
            }
            decide();
        }
    }

    private void putNode(String name) {
        StringBuilder node = new StringBuilder("node ").append(name);
        add(85, node, "zone=" + (1 + random.nextInt(3)));
        add(70, node, "rack=r" + (1 + random.nextInt(4)));
        add(60, node, "disk=" + pods.any(List.of("ssd", "hdd")));
        add(50, node, "size=" + pods.any(List.of("1", "2", "3", "4", "big")));
        add(3, node, "nohost");
        add(2, node, "host=shared");
        add(tight ? 90 : 10, node, "cpu:" + pods.any(List.of("0", "1", "2", "2500m", "4")));
        add(tight ? 90 : 10, node, "mem:" + pods.any(List.of("0", "1Gi", "2Gi", "3000000k", "4Gi")));
        add(tight ? 40 : 5, node, "pods:" + pods.any(List.of("0", "2", "3", "5")));
        add(25, node, "x/gpu:" + pods.any(List.of("1", "2")));
        add(4, node, "cordoned");
        for (int i = taints ? random.nextInt(3) : 0; i > 0; i--) {
            addTaint(node);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String image = "image:" + IMAGES.get(i) + "=";
            add(50, node, image + pods.any(List.of("1Mi", "60Mi", "400Mi", "1300Mi", "5Gi")));
        }
        nodeNames.remove(name);
        nodeNames.add(name);
        lines.add(node.toString());
    }

    /** One for a key and effect, as the API demands. */
    private void addTaint(StringBuilder node) {
        String key = pods.any(List.of("gpu", "old"));
        String effect = pods.any(List.of("NoSchedule", "PreferNoSchedule", "PreferNoSchedule", "NoExecute"));
        boolean has = List.of("", "=x", "=y").stream()
                .anyMatch(value -> node.indexOf("taint:" + key + value + ":" + effect) > 0);
        add(has ? 0 : 100, node, "taint:" + key + pods.any(List.of("", "=x", "=y")) + ":" + effect);
    }

    private void add(int percent, StringBuilder line, String word) {
        if (pods.chance(percent)) {
            line.append(' ').append(word);
        }
    }

    private void placePod() {
        String name = "p" + number++;
        podNames.add(name);
        lines.add("pod " + name + "@" + someNode() + " " + words());
    }

    private String someNode() {
        return nodeNames.isEmpty() || pods.chance(2) ? "unknown" : pods.any(nodeNames);
    }

    private String words() {
        String words = pods.chance(60) ? pods.any(templates) : pods.words();
        return words + (pods.chance(5) ? " leaving" : "") + (pods.chance(3) ? " finished" : "");
    }

    private void putObject() {
        String labels = pods.any(List.of("app=web", "app=web", "app=db", "tier=front", "app=web tier=front", ""));
        String namespace = pods.chance(20) ? " ns:other" : "";
        lines.add((switch (random.nextInt(8)) {
            case 0, 1, 2 -> "service " + pods.any(List.of("s", "t"));
            case 3 -> "replicaset " + pods.any(List.of("o", "p"));
            case 4 -> "statefulset " + pods.any(List.of("o", "p"));
            case 5 -> "controller " + pods.any(List.of("o", "p"));
            default -> "namespace " + pods.any(List.of("other", "default", "third")) + " team="
                    + pods.any(List.of("a", "b"));
        } + " " + labels + namespace).strip());
    }

    private void change() {
        int what = random.nextInt(100);
        if (what < 30) {
            placePod();
        } else if (what < 52 && !podNames.isEmpty()) {
            lines.add("without pod " + pods.any(podNames));
        } else if (what < 62 && !podNames.isEmpty()) {
            lines.add("pod " + pods.any(podNames) + "@" + someNode() + " " + words());
        } else if (what < 70 && !nodeNames.isEmpty()) {
            putNode(pods.any(nodeNames));
        } else if (what < 74 && !nodeNames.isEmpty()) {
            lines.add("without node " + nodeNames.remove(random.nextInt(nodeNames.size())));
        } else if (what < 80) {
            putNode("n" + number++);
        } else if (what < 88) {
            putObject();
        } else if (what < 94) {
            lines.add("without " + pods.any(List.of("claim w1", "service s", "service t", "replicaset o",
                    "namespace other", "namespace default")));
        } else {
            lines.add("claim w" + random.nextInt(3) + "@" + someNode() + " " + pods.any(templates));
        }
    }

    private void decide() {
        String name = pods.chance(5) ? "w" + random.nextInt(3) : "d" + number++;
        podNames.add(name);
        lines.add("decide " + name + " " + (pods.chance(80) ? pods.any(templates) : pods.words()));
    }
}
