package dev.longshore.scheduler.cycle;

import dev.longshore.api.ObjectKey;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.util.List;

/** What the scheduler wants done. Results come back as events. */
public sealed interface Intent {
    ObjectKey pod();

    String uid();

    /** The profile by whose rules that was decided. */
    String profile();

    /** Bind the pod; answered by BindSucceeded or BindFailed. */
    record Bind(ObjectKey pod, String uid, String profile, String node) implements Intent {}

    /** Get volumes for the pod's claims before it is bound; answered by VolumesWritten or VolumesFailed. */
    record BindVolumes(ObjectKey pod, String uid, String profile, VolumePlan plan)
            implements
                Intent {}

    /**
     * Write that the pod has no node, and why.
     *
     * @param reason    of condition PodScheduled=False
     * @param nominated the node it waits for, as status.nominatedNodeName is to say; "" for none
     * @param current   whether the pod shows all this already, so that only the event is due
     */
    record MarkUnschedulable(ObjectKey pod, String uid, String profile, String reason, String message,
            String nominated, boolean current)
            implements
                Intent {
        /** That, of a pod as it was seen last. */
        static MarkUnschedulable of(PodInfo pod, String reason, String message, String nominated) {
            return new MarkUnschedulable(pod.key(), pod.uid(), pod.schedulerName(), reason, message, nominated,
                    pod.condition().equals(message) && pod.nominated().equals(nominated));
        }
    }

    /**
     * Make room for the pod on a node.
     *
     * @param mark     what to write about the pod itself
     * @param victims  whom to evict, the most important first; each is answered by EvictionEnded
     * @param outranked the pods that waited for that node and no longer do
     */
    record Preempt(MarkUnschedulable mark, String node, List<Target> victims, List<Target> outranked)
            implements
                Intent {
        public Preempt {
            victims = List.copyOf(victims);
            outranked = List.copyOf(outranked);
        }

        @Override
        public ObjectKey pod() {
            return mark.pod();
        }

        @Override
        public String uid() {
            return mark.uid();
        }

        @Override
        public String profile() {
            return mark.profile();
        }
    }

    /** Another pod that is to be changed. */
    record Target(ObjectKey pod, String uid) {}
}
