package dev.longshore.scheduler.volumes;

import dev.longshore.api.core.v1.VolumeSource;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** A disk that a pod names itself and that a node lends to several pods for reading only, if at all. */
public sealed interface Disk {
    /** Google Compute Engine persistent disk. */
    record Gce(String name, boolean readOnly) implements Disk {}

    /** Amazon Elastic Block Store volume; for one pod even when read only. */
    record Ebs(String id) implements Disk {}

    /** iSCSI target, whichever of its units. */
    record Iscsi(String qualifiedName, boolean readOnly) implements Disk {}

    /** Ceph block device; monitors in common make a cluster the same. */
    record Rbd(Set<String> monitors, String pool, String image, boolean readOnly) implements Disk {
        public Rbd {
            monitors = Set.copyOf(monitors);
        }
    }

    /** Whether pods with the one and the other cannot share a node (Kubernetes scheduler 1.32, VolumeRestrictions). */
    default boolean conflictsWith(Disk other) {
        return switch (this) {
            case Gce(var name, var readOnly) -> other instanceof Gce that && name.equals(that.name)
                    && !(readOnly && that.readOnly);
            case Ebs ebs -> ebs.equals(other);
            case Iscsi(var qualifiedName, var readOnly) -> other instanceof Iscsi that
                    && qualifiedName.equals(that.qualifiedName) && !(readOnly && that.readOnly);
            case Rbd(var monitors, var pool, var image, var readOnly) -> other instanceof Rbd that
                    && !Collections.disjoint(monitors, that.monitors) && pool.equals(that.pool)
                    && image.equals(that.image) && !(readOnly && that.readOnly);
        };
    }

    /** The disk behind a volume of a pod; empty when it is of another kind. */
    static Optional<Disk> of(VolumeSource source) {
        if (source.hasGcePersistentDisk()) {
            return Optional.of(new Gce(source.getGcePersistentDisk().getPdName(),
                    source.getGcePersistentDisk().getReadOnly()));
        }
        if (source.hasAwsElasticBlockStore()) {
            return Optional.of(new Ebs(source.getAwsElasticBlockStore().getVolumeID()));
        }
        if (source.hasIscsi()) {
            return Optional.of(new Iscsi(source.getIscsi().getIqn(), source.getIscsi().getReadOnly()));
        }
        if (source.hasRbd()) {
            return Optional.of(new Rbd(Set.copyOf(source.getRbd().getMonitorsList()), source.getRbd().getPool(),
                    source.getRbd().getImage(), source.getRbd().getReadOnly()));
        }
        return Optional.empty();
    }
}
