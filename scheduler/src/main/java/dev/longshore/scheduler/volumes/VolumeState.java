package dev.longshore.scheduler.volumes;

import dev.longshore.api.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every object about storage, and what pods on their way have been promised of them.
 *
 * <p>Example: claim {@code data} waits, and pod {@code db} is to use volume {@code disk-7} for it on node-7. From
 * then on {@code disk-7} counts as held by {@code data}, so that no other claim gets it, until the pod's binding has
 * ended; then the objects themselves tell.
 *
 * <p>Owner: the scheduler's thread.
 */
public final class VolumeState {
    private final Map<ObjectKey, ClaimFacts> claims = new HashMap<>();
    private final Map<String, VolumeFacts> volumes = new HashMap<>();
    private final Map<String, TreeSet<VolumeFacts>> volumesByClass = new HashMap<>();
    private final Map<String, ClassFacts> classes = new HashMap<>();
    private final Map<String, NodeDriverFacts> nodeDrivers = new HashMap<>();
    private final Map<String, DriverFacts> drivers = new HashMap<>();
    private final Map<ObjectKey, RoomFacts> rooms = new TreeMap<>();
    private final Map<String, AttachmentFacts> attachments = new HashMap<>();
    private final Map<String, Map<String, AttachmentFacts>> attachmentsByNode = new HashMap<>();
    private final VolumePromises promises = new VolumePromises();
    private long version;

    /** Takes in an object as it is now; true when that is news. */
    public boolean put(StorageFacts facts) {
        return noted(switch (facts) {
            case ClaimFacts claim -> !claim.equals(claims.put(claim.key(), claim));
            case VolumeFacts volume -> putVolume(volume);
            case ClassFacts each -> !each.equals(classes.put(each.name(), each));
            case NodeDriverFacts node -> !node.equals(nodeDrivers.put(node.node(), node));
            case DriverFacts driver -> !driver.equals(drivers.put(driver.name(), driver));
            case RoomFacts room -> !room.equals(rooms.put(room.key(), room));
            case AttachmentFacts attachment -> putAttachment(attachment);
        });
    }

    /** Forgets an object; true when it was known. */
    public boolean remove(StorageFacts facts) {
        return noted(switch (facts) {
            case ClaimFacts claim -> claims.remove(claim.key()) != null;
            case VolumeFacts volume -> removeVolume(volume.name());
            case ClassFacts each -> classes.remove(each.name()) != null;
            case NodeDriverFacts node -> nodeDrivers.remove(node.node()) != null;
            case DriverFacts driver -> drivers.remove(driver.name()) != null;
            case RoomFacts room -> rooms.remove(room.key()) != null;
            case AttachmentFacts attachment -> removeAttachment(attachment.name());
        });
    }

    private boolean putVolume(VolumeFacts volume) {
        if (volume.equals(volumes.get(volume.name()))) {
            return false;
        }
        removeVolume(volume.name());
        volumes.put(volume.name(), volume);
        volumesByClass.computeIfAbsent(volume.storageClass(), _ -> new TreeSet<>(
                Comparator.comparingLong(VolumeFacts::bytes).thenComparing(VolumeFacts::name))).add(volume);
        return true;
    }

    private boolean removeVolume(String name) {
        VolumeFacts gone = volumes.remove(name);
        if (gone != null) {
            volumesByClass.get(gone.storageClass()).remove(gone);
        }
        return gone != null;
    }

    private boolean putAttachment(AttachmentFacts attachment) {
        if (attachment.equals(attachments.get(attachment.name()))) {
            return false;
        }
        removeAttachment(attachment.name());
        attachments.put(attachment.name(), attachment);
        attachmentsByNode.computeIfAbsent(attachment.node(), _ -> new TreeMap<>()).put(attachment.name(), attachment);
        return true;
    }

    private boolean removeAttachment(String name) {
        AttachmentFacts gone = attachments.remove(name);
        if (gone != null) {
            attachmentsByNode.get(gone.node()).remove(name);
        }
        return gone != null;
    }

    /** Lets the objects count as if the plan had come true. */
    public void promise(String podUid, VolumePlan plan) {
        promises.put(podUid, plan);
        version++;
    }

    /** Takes back what was promised for the pod; false if that was nothing. */
    public boolean release(String podUid) {
        return noted(promises.remove(podUid));
    }

    /** Pods that use claims have come or gone, on which answers about other nodes may depend. */
    public void usersChanged() {
        version++;
    }

    /** Changes with everything that pods with volumes are placed by, other than nodes. */
    public long version() {
        return version;
    }

    public Optional<ClaimFacts> claim(ObjectKey key) {
        return Optional.ofNullable(claims.get(key));
    }

    public Optional<VolumeFacts> volume(String name) {
        return Optional.ofNullable(volumes.get(name));
    }

    public Optional<ClassFacts> storageClass(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** Whether the claim gets its volume only when a pod that uses it has a node. */
    public boolean waits(ClaimFacts claim) {
        return !claim.bound() && claim.volume().isEmpty()
                && storageClass(claim.wish().storageClass()).filter(ClassFacts::waits).isPresent();
    }

    /** How many volumes of each driver the node can have. */
    public SortedMap<String, Integer> limits(String node) {
        NodeDriverFacts facts = nodeDrivers.get(node);
        return facts == null ? new TreeMap<>() : facts.limits();
    }

    /** What is attached to the node. */
    public Collection<AttachmentFacts> attachments(String node) {
        return attachmentsByNode.getOrDefault(node, Map.of()).values();
    }

    /** The volume that is attached, as its driver knows it; empty when it is not a known one of a driver. */
    public Optional<CsiVolume> csiVolume(AttachmentFacts attachment) {
        return volume(attachment.volume()).flatMap(VolumeFacts::csi)
                .map(csi -> new CsiVolume(attachment.driver(), csi.handle()));
    }

    /** Whether any node tells a limit. */
    public boolean knowsLimits() {
        return !nodeDrivers.isEmpty();
    }

    /** Whether the driver tells where it has room. */
    public boolean tellsRoom(String driver) {
        DriverFacts facts = drivers.get(driver);
        return facts != null && facts.tellsRoom();
    }

    /** Where there is room for a volume of the class and size. */
    public List<RoomFacts> rooms(String storageClass, long bytes) {
        return rooms.values().stream()
                .filter(room -> room.storageClass().equals(storageClass) && room.largestBytes() >= bytes).toList();
    }

    /** The node for which the claim's volume is, or will be, asked; "" while that is open. */
    public String selectedNode(ClaimFacts claim) {
        return promises.node(claim.key()).orElse(claim.selectedNode());
    }

    /**
     * The volumes that the claim could have, the smallest first; if one is held for it already, that one alone.
     */
    public List<VolumeFacts> offers(ClaimFacts claim) {
        List<VolumeFacts> offers = new ArrayList<>();
        for (VolumeFacts volume : volumesByClass.getOrDefault(claim.wish().storageClass(), new TreeSet<>(
                Comparator.comparing(VolumeFacts::name)))) {
            if (claim.wish().sizeAndKindFit(volume)) {
                Optional<VolumeFacts.Holder> holder = promises.holder(volume.name()).or(volume::holder);
                if (holder.isPresent() && holder.get().is(claim)) {
                    return List.of(volume);
                }
                if (holder.isEmpty() && claim.wish().chooses(volume)) {
                    offers.add(volume);
                }
            }
        }
        return offers;
    }

    /** The volume of the claim as its driver knows it; one not made yet counts as one of its own. */
    public Optional<CsiVolume> csiVolume(ClaimFacts claim) {
        if (!claim.volume().isEmpty() && volumes.containsKey(claim.volume())) {
            return volumes.get(claim.volume()).csi();
        }
        return storageClass(claim.wish().storageClass())
                .map(facts -> new CsiVolume(facts.provisioner(), "claim " + claim.key()));
    }

    private boolean noted(boolean news) {
        if (news) {
            version++;
        }
        return news;
    }
}
