package dev.longshore.agent.volumes;

import dev.longshore.agent.env.DownwardFields;
import dev.longshore.api.core.v1.EmptyDirVolumeSource;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.values.Quantities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A directory that lives as long as the pod: on the node's disk, or in memory. */
final class EmptyDirVolume implements PodVolume {
    private static final int OPEN_TO_ALL = 0777;

    @Override
    public boolean handles(Volume volume) {
        // A volume without a source is an emptyDir (Kubernetes API, core/v1 VolumeSource).
        return volume.getVolumeSource().hasEmptyDir() || volume.getVolumeSource().getAllFields().isEmpty();
    }

    @Override
    public Path prepare(DownwardFields fields, Volume volume, Path directory)
            throws IOException, InterruptedException {
        EmptyDirVolumeSource source = volume.getVolumeSource().getEmptyDir();
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, AtomicContent.permissions(OPEN_TO_ALL));
        }
        if (source.getMedium().equals("Memory")) {
            List<String> options = new ArrayList<>(List.of("mode=0777"));
            if (source.hasSizeLimit() && !Quantities.isZero(source.getSizeLimit())) {
                options.add("size=" + Quantities.value(source.getSizeLimit()));
            }
            Mounts.tmpfs(directory, options);
        } else if (!source.getMedium().isEmpty()) {
            throw new IOException("emptyDir medium " + source.getMedium() + " is not supported");
        }
        return directory;
    }

    @Override
    public boolean refreshed() {
        return false;
    }

    @Override
    public void release(Path directory) throws IOException, InterruptedException {
        Mounts.unmountUnder(directory);
    }
}
