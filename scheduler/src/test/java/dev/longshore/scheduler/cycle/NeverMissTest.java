package dev.longshore.scheduler.cycle;

import static dev.longshore.scheduler.cycle.PreemptionScene.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.plugins.Plugins;
import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.PodInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever happens to the cluster, a waiting pod that now fits somewhere is tried. */
class NeverMissTest {
    private static final int CLUSTERS = 150;
    private static final int EVENTS = 60;

    @Test
    void aPodThatFitsNowIsTried() {
        int placed = 0;
        for (long seed = 0; seed < CLUSTERS; seed++) {
            placed += new Run(seed).play();
        }
        assertThat(placed).as("events that made room for a waiting pod").isGreaterThan(CLUSTERS);
    }

    private static final class Run {
        private final long seed;
        private final Random random;
        private final ClusterState state = new ClusterState();
        private final SchedulingMachine machine = new SchedulingMachine("default-scheduler", Plugins.standard(), state,
                new TieBreaker(1), true);
        private final SortedMap<String, PodInfo> waiting = new TreeMap<>();
        private final SortedMap<String, String> bound = new TreeMap<>();
        private final List<String> log = new ArrayList<>();
        private Instant now = Instant.ofEpochSecond(1_000);
        private int made;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        int play() {
            int found = 0;
            for (int i = 0; i < EVENTS; i++) {
                now = now.plusSeconds(11);
                happen();
                Decider decider = new Decider(state, Plugins.standard(), new TieBreaker(1), new Nominations());
                List<String> fit = waiting.values().stream()
                        .filter(pod -> decider.decide(pod) instanceof Decision.Placed).map(PodInfo::uid).toList();
                found += fit.size();
                TreeSet<String> tried = new TreeSet<>();
                for (Optional<Intent> next = machine.step(now); next.isPresent(); next = machine.step(now)) {
                    tried.add(next.get().uid());
                    if (next.get() instanceof Intent.Bind bind) {
                        bind(bind);
                    }
                }
                assertThat(tried).as("seed=%d, the newest first: %s", seed, log.reversed().stream().limit(3).toList())
                        .containsAll(fit);
            }
            return found;
        }

        private void bind(Intent.Bind bind) {
            PodInfo pod = waiting.remove(bind.uid());
            bound.put(bind.uid(), bind.node());
            log.add(pod.uid() + " goes to " + bind.node());
        }

        private void happen() {
            switch (random.nextInt(6)) {
                case 0 -> node();
                case 1, 2 -> {
                    PodInfo pod = pod("w" + made++, "");
                    waiting.put(pod.uid(), pod);
                    see(pod);
                }
                case 3 -> {
                    PodInfo pod = pod("b" + made++, "n" + random.nextInt(5));
                    bound.put(pod.uid(), pod.nodeName());
                    see(pod);
                }
                default -> changeOrRemove();
            }
        }

        private void changeOrRemove() {
            if (bound.isEmpty()) {
                return;
            }
            String uid = List.copyOf(bound.keySet()).get(random.nextInt(bound.size()));
            if (random.nextInt(3) == 0) {
                see(pod(uid, bound.get(uid)));
            } else {
                bound.remove(uid);
                log.add(uid + " leaves");
                machine.handle(new SchedulerEvent.PodGone(uid), now);
            }
        }

        private void node() {
            String name = "n" + random.nextInt(5);
            if (random.nextInt(6) == 0) {
                log.add(name + " leaves");
                machine.handle(new SchedulerEvent.NodeGone(name), now);
                return;
            }
            Consumer<Node.Builder> more = node -> {
                node.getMetadataBuilder().putLabels("zone", "z" + random.nextInt(3));
                node.getSpecBuilder().setUnschedulable(random.nextInt(4) == 0);
                if (random.nextInt(4) == 0) {
                    node.getSpecBuilder().addTaintsBuilder().setKey("k").setEffect("NoSchedule");
                }
            };
            NodeFacts facts = TestPods.facts(name, 500 * (1 + random.nextInt(4)), more);
            log.add(facts.toString());
            machine.handle(new SchedulerEvent.NodeSeen(facts), now);
        }

        private void see(PodInfo pod) {
            log.add(pod.toString());
            machine.handle(new SchedulerEvent.PodSeen(pod), now);
        }

        private PodInfo pod(String name, String node) {
            Consumer<Pod.Builder> more = pod -> {
                pod.getSpecBuilder().setNodeName(node);
                pod.getMetadataBuilder().putLabels("app", app());
                switch (random.nextInt(7)) {
                    case 0 -> TestPods.hostPort(pod.getSpecBuilder(), "", 80 + random.nextInt(2));
                    case 1 -> PreemptionScene.apartFrom(app(), "zone").accept(pod);
                    case 2 -> PreemptionScene.besides(app(), "zone").accept(pod);
                    case 3 -> pod.getSpecBuilder().putNodeSelector("zone", "z" + random.nextInt(3));
                    case 4 -> pod.getSpecBuilder().addTopologySpreadConstraints(TopologySpreadConstraint.newBuilder()
                            .setMaxSkew(1).setTopologyKey("zone").setWhenUnsatisfiable("DoNotSchedule")
                            .setLabelSelector(PreemptionScene.app(app())));
                    default -> {
                    }
                }
            };
            return pending(name, 0, 100 * random.nextInt(9), more);
        }

        private String app() {
            return String.valueOf((char) ('a' + random.nextInt(3)));
        }
    }
}
