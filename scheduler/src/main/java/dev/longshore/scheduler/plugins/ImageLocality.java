package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.ImageIndex;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.BitSet;

/**
 * Prefers nodes that hold the pod's images, the more the bigger those are and the more nodes hold them (Kubernetes
 * scheduler: between 23 MiB and 1000 MiB for each container).
 */
final class ImageLocality implements ScoreRule {
    private static final long LOWEST_BYTES = 23L << 20;
    private static final long HIGHEST_BYTES_PER_CONTAINER = 1000L << 20;

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public void score(PodRequirements pod, ClusterState state, BitSet scope, long[] raw) {
        for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
            raw[slot] = 0;
        }
        for (String image : pod.images()) {
            state.images().find(image).ifPresent(found -> add(found, state.nodes(), scope, raw));
        }
        long highest = HIGHEST_BYTES_PER_CONTAINER * pod.images().size();
        for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
            long bytes = Math.clamp(raw[slot], LOWEST_BYTES, Math.max(highest, LOWEST_BYTES));
            raw[slot] = highest <= LOWEST_BYTES ? 0 : 100 * (bytes - LOWEST_BYTES) / (highest - LOWEST_BYTES);
        }
    }

    private static void add(ImageIndex.Image image, int nodes, BitSet scope, long[] raw) {
        long spreadBytes = (long) (image.sizeBytes() * ((double) image.nodes().cardinality() / nodes));
        for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
            raw[slot] += image.nodes().get(slot) ? spreadBytes : 0;
        }
    }
}
