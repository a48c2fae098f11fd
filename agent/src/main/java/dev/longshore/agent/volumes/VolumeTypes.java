package dev.longshore.agent.volumes;

import dev.longshore.agent.env.DownwardFields;
import dev.longshore.agent.env.MissingReference;
import dev.longshore.agent.env.References;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.common.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kinds of volumes that pods may have, in the order they are tried; a new kind is one line here. */
public final class VolumeTypes implements PodVolumes {
    private final List<PodVolume> types;
    private final Path podsDirectory;

    /** @param podsDirectory the volumes of a pod are under {@code podsDirectory/UID/volumes} */
    public VolumeTypes(References references, Path podsDirectory) {
        this.types = List.of(new ContentVolume(references), new HostPathVolume(), new EmptyDirVolume());
        this.podsDirectory = podsDirectory;
    }

    @Override
    public Map<String, Path> prepare(DownwardFields fields) throws IOException, InterruptedException {
        Map<String, Path> paths = new LinkedHashMap<>();
        for (Volume volume : fields.pod().getSpec().getVolumesList()) {
            Path path = type(volume).prepare(fields, volume, directory(fields, volume));
            FsGroup.apply(fields.pod(), volume, path);
            paths.put(volume.getName(), path);
        }
        return paths;
    }

    @Override
    public void refresh(DownwardFields fields) throws IOException, InterruptedException {
        for (Volume volume : fields.pod().getSpec().getVolumesList()) {
            PodVolume type = type(volume);
            if (type.refreshed()) {
                FsGroup.apply(fields.pod(), volume, type.prepare(fields, volume, directory(fields, volume)));
            }
        }
    }

    @Override
    public void remove(String podUid) throws IOException, InterruptedException {
        Path directory = podsDirectory.resolve(podUid);
        if (Files.exists(directory)) {
            Mounts.unmountUnder(directory);
            FileTree.delete(directory);
        }
    }

    private Path directory(DownwardFields fields, Volume volume) {
        return podsDirectory.resolve(fields.pod().getMetadata().getUid()).resolve("volumes").resolve(volume.getName());
    }

    private PodVolume type(Volume volume) {
        return types.stream().filter(type -> type.handles(volume)).findFirst().orElseThrow(
                () -> new MissingReference(
                        "volume \"" + volume.getName() + "\" is of a kind that is not supported yet"));
    }
}
