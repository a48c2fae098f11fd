package dev.longshore.scheduler.cycle;

import dev.longshore.scheduler.explain.Diagnosis;
import dev.longshore.scheduler.state.PodInfo;
import java.util.List;

/** What one attempt came to. */
public sealed interface Decision {
    /** The pod goes to this node. */
    record Placed(String node) implements Decision {}

    /**
     * The pod fits nowhere, but will on this node once the victims have left it.
     *
     * @param victims never empty, the most important first; some may be leaving already
     */
    record Preempts(Diagnosis diagnosis, String node, List<PodInfo> victims) implements Decision {
        public Preempts {
            victims = List.copyOf(victims);
        }
    }

    /**
     * The pod fits nowhere.
     *
     * @param waits whether it goes on waiting for the node it was nominated to before; else that is void
     */
    record Nowhere(Diagnosis diagnosis, boolean waits) implements Decision {}
}
