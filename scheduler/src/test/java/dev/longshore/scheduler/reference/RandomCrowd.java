package dev.longshore.scheduler.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Makes up clusters with room where many pods of a few kinds are placed one after the other, all with wishes about each
 * other, while pods come, go and change and now and then a node does: what is kept between decisions lives long here.
 */
final class RandomCrowd {
    private static final int DECISIONS = 40;
    private static final List<String> KEYS = List.of("zone", "zone", "host", "host", "rack");
    private static final List<String> SELECTORS = List.of("app=web", "app=web", "app=db", "app=web|db", "app", "tier");

    private final SplittableRandom random;
    private final boolean taints;
    private final List<String> kinds;
    private final List<String> lines = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();
    private final List<String> pods = new ArrayList<>();
    private int number;

    private RandomCrowd(long seed) {
        this.random = new SplittableRandom(seed);
        this.taints = chance(40);
        this.kinds = IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(_ -> kind()).toList();
    }

    /** Lines for {@link SideBySide}. */
    static List<String> lines(long seed) {
        RandomCrowd crowd = new RandomCrowd(seed);
        crowd.build();
        return crowd.lines;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void build() {
        for (int i = 4 + random.nextInt(10); i > 0; i--) {
            putNode("n" + number++);
        }
        if (chance(40)) {
            lines.add("service s " + any(List.of("app=web", "tier=front")));
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            place("p" + number++);
        }
        for (int i = 0; i < DECISIONS; i++) {
            for (int changes = chance(50) ? 0 : random.nextInt(4); changes > 0; changes--) {
                change();
            }
            String name = "d" + number++;
            pods.add(name);
            lines.add("decide " + name + " " + any(kinds));
        }
    }

    private void putNode(String name) {
        StringBuilder node = new StringBuilder("node ").append(name);
        node.append(chance(90) ? " zone=" + random.nextInt(3) : "");
        node.append(chance(80) ? " rack=r" + random.nextInt(7) : "");
        node.append(chance(3) ? " nohost" : "");
        node.append(chance(3) ? " host=shared" : "");
        node.append(chance(30) ? " disk=ssd" : "");
        node.append(taints && chance(40) ? " taint:old:PreferNoSchedule" : "");
        node.append(taints && chance(20) ? " taint:gpu:PreferNoSchedule" : "");
        node.append(taints && chance(5) ? " taint:off:NoSchedule" : "");
        node.append(chance(50) ? " cpu:" + any(List.of("4", "8")) : "");
        node.append(chance(10) ? " pods:" + (1 + random.nextInt(4)) : "");
        nodes.remove(name);
        nodes.add(name);
        lines.add(node.toString());
    }

    private String kind() {
        StringBuilder kind = new StringBuilder("app=").append(any(List.of("web", "web", "db")));
        kind.append(chance(40) ? " tier=front" : "");
        kind.append(chance(80) ? " cpu:" + any(List.of("50m", "100m", "250m")) : "");
        kind.append(chance(25)
                ? " prefers(" + any(List.of("3", "40")) + "," + any(List.of("disk=ssd", "zone=1")) + ")"
                : "");
        kind.append(taints && chance(30) ? " tolerates(old)" : "");
        addTerms(kind, 45, "spread(", "");
        addTerms(kind, 45, "softspread(", "");
        addTerms(kind, 20, "near(", "");
        addTerms(kind, 15, "away(", "");
        addTerms(kind, 35, "likes(", any(List.of("1,", "10,", "100,")));
        addTerms(kind, 40, "avoids(", any(List.of("1,", "10,", "100,")));
        return kind.toString();
    }

    /** For each key once. */
    private void addTerms(StringBuilder kind, int percent, String wish, String weight) {
        TreeSet<String> keys = new TreeSet<>();
        for (int i = chance(percent) ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            keys.add(any(KEYS));
        }
        for (String key : keys) {
            kind.append(' ').append(wish).append(weight)
                    .append(wish.endsWith("spread(") ? 1 + random.nextInt(3) + "," : "")
                    .append(key).append(',').append(any(SELECTORS))
                    .append(wish.equals("spread(") && chance(20) ? ",min:" + (2 + random.nextInt(2)) : "").append(')');
        }
    }

    private void place(String name) {
        pods.add(name);
        lines.add("pod " + name + "@" + any(nodes) + " " + (chance(60) ? any(kinds) : kind())
                + (chance(5) ? " leaving" : "") + (chance(3) ? " finished" : ""));
    }

    private void change() {
        int what = random.nextInt(100);
        if (what < 45 && !pods.isEmpty()) {
            lines.add("without pod " + pods.remove(random.nextInt(pods.size())));
        } else if (what < 75) {
            place("p" + number++);
        } else if (what < 90 && !pods.isEmpty()) {
            place(pods.remove(random.nextInt(pods.size())));
        } else if (what < 94) {
            putNode(any(nodes));
        } else if (what < 96) {
            putNode("n" + number++);
        } else if (what < 98 && nodes.size() > 1) {
            lines.add("without node " + nodes.remove(random.nextInt(nodes.size())));
        } else {
            lines.add((chance(50) ? "without service s" : "service s app=web"));
        }
    }
}
