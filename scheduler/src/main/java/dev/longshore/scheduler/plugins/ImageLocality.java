package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.state.ClusterState;
import dev.longshore.scheduler.state.ImageIndex;
import dev.longshore.scheduler.state.PodRequirements;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Prefers nodes that hold the pod's images, the more the bigger those are and the more nodes hold them (Kubernetes
 * scheduler: between 23 MiB and 1000 MiB for each container).
 */
final class ImageLocality implements ScoreRule {
    private static final long LOWEST_BYTES = 23L << 20;
    private static final long HIGHEST_BYTES_PER_CONTAINER = 1000L << 20;

    private final int weight;

    ImageLocality(int weight) {
        this.weight = weight;
    }

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public int weight() {
        return weight;
    }

    @Override
    public boolean indifferent(PodRequirements pod, ClusterState state) {
        for (String image : pod.images()) {
            if (state.images().find(image).isPresent()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void score(PodRequirements pod, ClusterState state, int from, int to, double[] raw) {
        Arrays.fill(raw, from, to, 0);
        for (String image : pod.images()) {
            state.images().find(image).ifPresent(found -> add(found, state.nodes(), from, to, raw));
        }
        double range = (double) HIGHEST_BYTES_PER_CONTAINER * pod.images().size() - LOWEST_BYTES;
        for (int slot = from; slot < to; slot++) {
            double above = Math.min(Math.max(raw[slot] - LOWEST_BYTES, 0), range);
            raw[slot] = Math.floor(100 * above / range);
        }
    }

    private static void add(ImageIndex.Image image, int nodes, int from, int to, double[] raw) {
        BitSet holders = image.nodes();
        double spreadBytes = Math.floor(image.sizeBytes() * ((double) holders.cardinality() / nodes));
        for (int slot = holders.nextSetBit(from); slot >= 0 && slot < to; slot = holders.nextSetBit(slot + 1)) {
            raw[slot] += spreadBytes;
        }
    }
}
