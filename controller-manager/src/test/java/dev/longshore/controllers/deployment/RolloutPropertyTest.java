package dev.longshore.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Query;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.controllers.objects.Pods;
import dev.longshore.controllers.simulated.SimulatedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a Deployment, it ends where it should. A failure names its seed. */
class RolloutPropertyTest {
    private static final ObjectKey WEB = new ObjectKey("default", "web");
    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final int SEEDS = 20;

    private static Deployment web(int replicas) {
        Deployment.Builder web = Deployment.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("web").setNamespace("default"));
        web.getSpecBuilder().setReplicas(replicas)
                .setSelector(LabelSelector.newBuilder().putMatchLabels("app", "web"));
        web.getSpecBuilder().getTemplateBuilder().getMetadataBuilder().putLabels("app", "web");
        web.getSpecBuilder().getTemplateBuilder().getSpecBuilder().addContainersBuilder().setName("c").setImage("v0");
        return web.build();
    }

    private static void change(SimulatedCluster cluster, Consumer<Deployment.Builder> change) {
        Deployment.Builder web = cluster.api.get(ResourceTypes.DEPLOYMENTS, WEB).toBuilder();
        change.accept(web);
        cluster.api.update(ResourceTypes.DEPLOYMENTS, web.build());
    }

    private static boolean settled(SimulatedCluster cluster) {
        Deployment web = cluster.api.get(ResourceTypes.DEPLOYMENTS, WEB);
        int replicas = web.getSpec().getReplicas();
        String image = web.getSpec().getTemplate().getSpec().getContainers(0).getImage();
        List<Pod> pods = cluster.pods();
        return pods.size() == replicas
                && pods.stream().allMatch(pod -> Pods.ready(pod) && Pods.active(pod)
                        && pod.getSpec().getContainers(0).getImage().equals(image))
                && web.getStatus().getObservedGeneration() == web.getMetadata().getGeneration()
                && web.getStatus().getReplicas() == replicas && web.getStatus().getUpdatedReplicas() == replicas
                && web.getStatus().getAvailableReplicas() == replicas;
    }

    private static void settle(SimulatedCluster cluster, String what) {
        assertThat(cluster.time.advanceUntil(() -> settled(cluster), SETTLE)).as("%s settles: %s", what,
                cluster.api.get(ResourceTypes.DEPLOYMENTS, WEB).getStatus()).isTrue();
        // What is right must stay right.
        cluster.time.advance(Duration.ofSeconds(30));
        assertThat(settled(cluster)).as("%s stays", what).isTrue();
    }

    /** Checks after every change of a pod. */
    private static List<String> watchBounds(SimulatedCluster cluster, int most, int leastAvailable) {
        List<String> broken = new ArrayList<>();
        String version = cluster.api.list(ResourceTypes.PODS, Query.all()).resourceVersion();
        cluster.api.watch(ResourceTypes.PODS, Query.all(), version, new WatchListener<>() {
            @Override
            public void onEvent(WatchEvent<Pod> event) {
                int active = cluster.activePods().size();
                long ready = cluster.activePods().stream().filter(Pods::ready).count();
                if (active > most || ready < leastAvailable) {
                    broken.add("active=" + active + " ready=" + ready);
                }
            }

            @Override
            public void onEnd(ApiException cause) {
                broken.add("watch ended");
            }
        });
        return broken;
    }

    @Test
    void rollingUpdatesKeepTheirBounds() {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCluster cluster = new SimulatedCluster(seed);
            int replicas = 1 + cluster.time.below(12);
            cluster.api.create(ResourceTypes.DEPLOYMENTS, web(replicas));
            settle(cluster, "seed " + seed + " first");
            Bounds bounds = Bounds.of(cluster.api.get(ResourceTypes.DEPLOYMENTS, WEB));
            List<String> broken = watchBounds(cluster, bounds.mostPods(), bounds.leastAvailable());
            int updates = 1 + cluster.time.below(3);
            for (int update = 1; update <= updates; update++) {
                String image = "v" + update;
                change(cluster, web -> web.getSpecBuilder().getTemplateBuilder().getSpecBuilder()
                        .getContainersBuilder(0).setImage(image));
                cluster.time.advance(Duration.ofMillis(cluster.time.below(4000)));
            }
            settle(cluster, "seed " + seed + " updated");
            assertThat(broken).as("seed %s: bounds %s", seed, bounds).isEmpty();
        }
    }

    @Test
    void randomChangesConverge() {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedCluster cluster = new SimulatedCluster(seed);
            cluster.api.create(ResourceTypes.DEPLOYMENTS, web(3));
            for (int step = 0; step < 12; step++) {
                cluster.time.advance(Duration.ofMillis(cluster.time.below(2000)));
                disturb(cluster);
            }
            cluster.breakImages(false);
            cluster.pods().stream().filter(pod -> pod.getStatus().getPhase().equals("Running") && !Pods.ready(pod))
                    .forEach(pod -> delete(cluster, pod));
            change(cluster, web -> web.getSpecBuilder().setPaused(false));
            settle(cluster, "seed " + seed);
        }
    }

    private static void disturb(SimulatedCluster cluster) {
        switch (cluster.time.below(7)) {
            case 0, 1 -> change(cluster, web -> web.getSpecBuilder().setReplicas(cluster.time.below(10)));
            case 2, 3 -> change(cluster, web -> web.getSpecBuilder().getTemplateBuilder().getSpecBuilder()
                    .getContainersBuilder(0).setImage("v" + cluster.time.below(4)));
            case 4 -> cluster.pods().stream().findFirst().ifPresent(pod -> delete(cluster, pod));
            case 5 -> cluster.boot(Integer.MAX_VALUE);
            default -> change(cluster, web -> web.getSpecBuilder().setPaused(cluster.time.below(2) == 0));
        }
    }

    private static void delete(SimulatedCluster cluster, Pod pod) {
        cluster.api.delete(ResourceTypes.PODS, ResourceTypes.PODS.key(pod),
                DeleteQuery.of(pod.getMetadata().getUid()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RollingUpdate", "Recreate"})
    void aCrashAfterAnyWriteChangesNothing(String strategy) {
        for (int writes = 1; writes <= 45; writes++) {
            SimulatedCluster cluster = new SimulatedCluster(writes);
            cluster.boot(writes);
            Deployment.Builder first = web(3).toBuilder();
            first.getSpecBuilder().getStrategyBuilder().setType(strategy);
            cluster.api.create(ResourceTypes.DEPLOYMENTS, first.build());
            cluster.time.advanceUntil(() -> cluster.dead() || settled(cluster), SETTLE);
            restart(cluster);
            change(cluster, web -> web.getSpecBuilder().getTemplateBuilder().getSpecBuilder()
                    .getContainersBuilder(0).setImage("v1"));
            cluster.time.advanceUntil(() -> cluster.dead() || settled(cluster), SETTLE);
            restart(cluster);
            settle(cluster, "crash after write " + writes);
            List<ReplicaSet> sets = cluster.api.list(ResourceTypes.REPLICA_SETS, Query.all()).items();
            assertThat(sets).as("crash after write %s", writes).hasSize(2);
        }
    }

    private static void restart(SimulatedCluster cluster) {
        if (cluster.dead()) {
            cluster.time.advance(Duration.ofSeconds(2));
            cluster.boot(Integer.MAX_VALUE);
        }
    }

    @Test
    void aBrokenImageStopsTheRolloutAndTheDeadlineIsReported() {
        SimulatedCluster cluster = new SimulatedCluster(1);
        cluster.api.create(ResourceTypes.DEPLOYMENTS, web(4));
        settle(cluster, "first");
        cluster.breakImages(true);
        change(cluster, web -> web.getSpecBuilder().setProgressDeadlineSeconds(60).getTemplateBuilder()
                .getSpecBuilder().getContainersBuilder(0).setImage("bad"));
        cluster.time.advance(Duration.ofMinutes(3));
        assertThat(cluster.activePods().stream().filter(Pods::ready)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(cluster.api.get(ResourceTypes.DEPLOYMENTS, WEB).getStatus().getConditionsList())
                .anyMatch(c -> c.getReason().equals("ProgressDeadlineExceeded") && c.getStatus().equals("False"));
    }

    @Test
    void deletingADeploymentDeletesItsSetsAndPods() {
        for (DeleteQuery.Propagation propagation : List.of(DeleteQuery.Propagation.BACKGROUND,
                DeleteQuery.Propagation.FOREGROUND)) {
            SimulatedCluster cluster = new SimulatedCluster(1);
            cluster.api.create(ResourceTypes.DEPLOYMENTS, web(4));
            settle(cluster, "first");
            cluster.api.delete(ResourceTypes.DEPLOYMENTS, WEB, new DeleteQuery(OptionalLong.empty(),
                    Optional.empty(), propagation));
            cluster.time.advance(Duration.ofMinutes(1));
            assertThat(cluster.pods()).isEmpty();
            assertThat(cluster.api.list(ResourceTypes.REPLICA_SETS, Query.all()).items()).isEmpty();
            assertThat(cluster.api.list(ResourceTypes.DEPLOYMENTS, Query.all()).items()).isEmpty();
        }
    }

    @Test
    void orphanedPodsStay() {
        SimulatedCluster cluster = new SimulatedCluster(1);
        cluster.api.create(ResourceTypes.DEPLOYMENTS, web(4));
        settle(cluster, "first");
        cluster.api.delete(ResourceTypes.DEPLOYMENTS, WEB, new DeleteQuery(OptionalLong.empty(),
                Optional.empty(), DeleteQuery.Propagation.ORPHAN));
        cluster.time.advance(Duration.ofMinutes(1));
        assertThat(cluster.pods()).hasSize(4);
        assertThat(cluster.api.list(ResourceTypes.DEPLOYMENTS, Query.all()).items()).isEmpty();
        assertThat(cluster.api.list(ResourceTypes.REPLICA_SETS, Query.all()).items())
                .allMatch(set -> set.getMetadata().getOwnerReferencesCount() == 0);
    }

    @Test
    void aSilentNodeLosesItsPods() {
        SimulatedCluster cluster = new SimulatedCluster(1);
        cluster.api.create(ResourceTypes.DEPLOYMENTS, web(2));
        settle(cluster, "first");
        cluster.silenceNode();
        cluster.time.advance(Duration.ofSeconds(90));
        assertThat(cluster.api.get(ResourceTypes.NODES, ObjectKey.cluster("node-0")).getSpec().getTaintsList())
                .anyMatch(t -> t.getKey().equals("node.kubernetes.io/unreachable")
                        && t.getEffect().equals("NoExecute"));
        assertThat(cluster.pods()).noneMatch(Pods::ready);
    }
}
