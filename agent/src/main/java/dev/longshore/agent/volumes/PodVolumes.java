package dev.longshore.agent.volumes;

import dev.longshore.agent.env.DownwardFields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The volumes of pods as the pod workers use them. Calls block; those for one pod come one after the other. */
public interface PodVolumes {
    /**
     * Makes all volumes of the pod ready; repeating it brings contents up to date.
     *
     * @return what containers mount, by the volume's name
     */
    Map<String, Path> prepare(DownwardFields fields) throws IOException, InterruptedException;

    /** Brings the contents that follow objects of the API up to date. */
    void refresh(DownwardFields fields) throws IOException, InterruptedException;

    /** Unmounts and removes everything the pod had on this node's disk. */
    void remove(String podUid) throws IOException, InterruptedException;

    /** Volumes for the simulator: none of them exists. */
    static PodVolumes none() {
        return new PodVolumes() {
            @Override
            public Map<String, Path> prepare(DownwardFields fields) {
                return Map.of();
            }

            @Override
            public void refresh(DownwardFields fields) {
            }

            @Override
            public void remove(String podUid) {
            }
        };
    }
}
