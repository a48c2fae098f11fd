package dev.longshore.scheduler.recording;

import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.TopologySpreadConstraint;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.scheduler.TestPods;

/** Pods with some of all that rules ask about. */
final class RandomPod {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String HOST = "kubernetes.io/hostname";

    private final SimulatedTime random;

    RandomPod(SimulatedTime random) {
        this.random = random;
    }

    private boolean chance(int percent) {
        return random.below(100) < percent;
    }

    /** @param claim the name of a claim that some pods use */
    Pod make(String name, String claim) {
        String app = "app" + random.below(3);
        Pod pod = TestPods.pod(name, 50L * (1 + random.below(12)), spec -> {
            spec.setPriority(10 * random.below(4));
            spec.getContainersBuilder(0).addCommand("serve").addEnvBuilder().setName("PASSWORD").setValue("geheim");
            addNodeWishes(spec);
            addPodWishes(spec, LabelSelector.newBuilder().putMatchLabels("app", app).build());
            if (chance(10)) {
                spec.addVolumesBuilder().setName("v").getVolumeSourceBuilder().getPersistentVolumeClaimBuilder()
                        .setClaimName(claim);
            }
            if (chance(8)) {
                spec.addSchedulingGatesBuilder().setName("wait");
            }
        });
        return pod.toBuilder().setMetadata(pod.getMetadata().toBuilder().putLabels("app", app)
                .putAnnotations("note", "geheim")).build();
    }

    private void addNodeWishes(PodSpec.Builder spec) {
        if (chance(15)) {
            spec.putNodeSelector(ZONE, "z" + random.below(3));
        }
        if (chance(20)) {
            spec.addTolerationsBuilder().setKey("old").setOperator("Exists");
        }
        if (chance(10)) {
            TestPods.hostPort(spec, "", 80 + random.below(2));
        }
        if (chance(10)) {
            spec.setPreemptionPolicy("Never");
        }
    }

    private void addPodWishes(PodSpec.Builder spec, LabelSelector same) {
        if (chance(15)) {
            spec.getAffinityBuilder().getPodAntiAffinityBuilder()
                    .addRequiredDuringSchedulingIgnoredDuringExecutionBuilder().setTopologyKey(HOST)
                    .setLabelSelector(same);
        }
        if (chance(15)) {
            spec.getAffinityBuilder().getPodAffinityBuilder()
                    .addPreferredDuringSchedulingIgnoredDuringExecutionBuilder().setWeight(10)
                    .getPodAffinityTermBuilder().setTopologyKey(ZONE).setLabelSelector(same);
        }
        if (chance(25)) {
            spec.addTopologySpreadConstraints(TopologySpreadConstraint.newBuilder().setMaxSkew(1).setTopologyKey(ZONE)
                    .setWhenUnsatisfiable(chance(50) ? "DoNotSchedule" : "ScheduleAnyway").setLabelSelector(same));
        }
    }
}
