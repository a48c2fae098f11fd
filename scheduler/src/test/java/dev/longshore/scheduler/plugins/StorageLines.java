package dev.longshore.scheduler.plugins;

import dev.longshore.api.core.v1.NodeSelectorRequirement;
import dev.longshore.api.core.v1.NodeSelectorTerm;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.OwnerReference;
import dev.longshore.api.storage.v1.CSIDriver;
import dev.longshore.api.storage.v1.CSINode;
import dev.longshore.api.storage.v1.CSIStorageCapacity;
import dev.longshore.api.storage.v1.StorageClass;
import dev.longshore.api.values.Quantities;
import dev.longshore.scheduler.volumes.AttachmentFacts;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.ClassFacts;
import dev.longshore.scheduler.volumes.DriverFacts;
import dev.longshore.scheduler.volumes.NodeDriverFacts;
import dev.longshore.scheduler.volumes.RoomFacts;
import dev.longshore.scheduler.volumes.StorageFacts;
import dev.longshore.scheduler.volumes.VolumeFacts;
import java.util.List;
import java.util.Map;

/**
 * Objects about storage from a line: what it is, its name, then {@code key=value} or single words. Sizes are in GiB,
 * what is not said is as a claim of 5 GiB and a volume of 10 GiB of class {@code local} have it.
 */
final class StorageLines {
    private static final Map<String, String> MODES = Map.of("RWO", "ReadWriteOnce", "ROX", "ReadOnlyMany", "RWX",
            "ReadWriteMany", "POD", "ReadWriteOncePod");
    private static final Map<String, String> PLACES = Map.of("zone", "topology.kubernetes.io/zone", "region",
            "topology.kubernetes.io/region", "oldzone", "failure-domain.beta.kubernetes.io/zone", "oldregion",
            "failure-domain.beta.kubernetes.io/region");

    private StorageLines() {
    }

    static StorageFacts read(String line) {
        Words words = Words.of(line);
        return switch (words.kind()) {
            case "claim" -> claim(words);
            case "volume" -> volume(words);
            case "class" -> storageClass(words);
            case "limits" -> limits(words);
            case "driver" -> driver(words);
            case "room" -> room(words);
            case "attached" ->
                new AttachmentFacts(words.name(), words.get("by", "d"), words.get("to", ""), words.name());
            default -> throw new IllegalArgumentException(line);
        };
    }

    /** The label that a short word stands for. */
    static String label(String word) {
        return PLACES.getOrDefault(word, word);
    }

    private static StorageFacts claim(Words words) {
        PersistentVolumeClaim.Builder claim = PersistentVolumeClaim.newBuilder();
        var meta = claim.getMetadataBuilder().setNamespace("default").setName(words.name())
                .setUid("uid-" + words.name());
        var spec = claim.getSpecBuilder().setStorageClassName(words.get("class", "local"))
                .setVolumeName(words.get("volume", "")).addAllAccessModes(modes(words))
                .setVolumeMode(words.has("block") ? "Block" : "Filesystem");
        if (!words.has("sizeless")) {
            spec.getResourcesBuilder().putRequests("storage", Quantities.parse(words.get("size", "5") + "Gi"));
        }
        words.ifSaid("k", value -> spec.setSelector(LabelSelector.newBuilder().putMatchLabels("k", value)));
        words.ifSaid("node", node -> meta.putAnnotations(ClaimFacts.NODE_ANNOTATION, node));
        words.ifSaid("oldclass", name -> meta.putAnnotations(StorageFacts.OLD_CLASS_ANNOTATION, name));
        words.ifSaid("owner", uid -> meta.addOwnerReferences(OwnerReference.newBuilder().setController(true)
                .setUid(uid)));
        if (!words.get("volume", "").isEmpty() && !words.has("half")) {
            meta.putAnnotations(ClaimFacts.COMPLETED_ANNOTATION, "yes");
        }
        if (words.has("leaving")) {
            meta.getDeletionTimestampBuilder().setSeconds(1);
        }
        claim.getStatusBuilder().setPhase(words.has("lost") ? "Lost" : "Pending");
        return ClaimFacts.of(claim.build());
    }

    private static List<String> modes(Words words) {
        return words.list("modes", "RWO").stream().map(MODES::get).toList();
    }

    private static StorageFacts volume(Words words) {
        PersistentVolume.Builder volume = PersistentVolume.newBuilder();
        var meta = volume.getMetadataBuilder().setName(words.name());
        PLACES.forEach((word, label) -> words.ifSaid(word, value -> meta.putLabels(label, value)));
        words.ifSaid("k", value -> meta.putLabels("k", value));
        words.ifSaid("oldclass", name -> meta.putAnnotations(StorageFacts.OLD_CLASS_ANNOTATION, name));
        var spec = volume.getSpecBuilder().setStorageClassName(words.get("class", "local"))
                .putCapacity("storage", Quantities.parse(words.get("size", "10") + "Gi"))
                .addAllAccessModes(modes(words)).setVolumeMode(words.has("block") ? "Block" : "Filesystem");
        words.ifSaid("on", nodes -> spec.getNodeAffinityBuilder().getRequiredBuilder().addNodeSelectorTerms(
                NodeSelectorTerm.newBuilder().addMatchExpressions(NodeSelectorRequirement.newBuilder()
                        .setKey("kubernetes.io/hostname").setOperator("In").addAllValues(words.list("on", "")))));
        words.ifSaid("named", name -> spec.getNodeAffinityBuilder().getRequiredBuilder().addNodeSelectorTermsBuilder()
                .addMatchFieldsBuilder().setKey("metadata.name").setOperator("In").addValues(name));
        words.ifSaid("unnamed", name -> spec.getNodeAffinityBuilder().getRequiredBuilder()
                .addNodeSelectorTermsBuilder().addMatchFieldsBuilder().setKey("metadata.name").setOperator("NotIn")
                .addValues(name));
        if (words.has("nowhere")) {
            spec.getNodeAffinityBuilder().getRequiredBuilder();
        }
        words.ifSaid("for", claim -> spec.getClaimRefBuilder().setNamespace("default").setName(claim)
                .setUid(words.get("uid", "")));
        words.ifSaid("csi", csi -> spec.getPersistentVolumeSourceBuilder().getCsiBuilder()
                .setDriver(csi.split("/")[0]).setVolumeHandle(csi.split("/")[1]));
        if (words.has("leaving")) {
            meta.getDeletionTimestampBuilder().setSeconds(1);
        }
        volume.getStatusBuilder().setPhase(words.get("phase", "Available"));
        return VolumeFacts.of(volume.build());
    }

    private static StorageFacts storageClass(Words words) {
        StorageClass.Builder storageClass = StorageClass.newBuilder()
                .setProvisioner(words.get("by", "kubernetes.io/no-provisioner"))
                .setVolumeBindingMode(words.has("now") ? "Immediate" : "WaitForFirstConsumer");
        storageClass.getMetadataBuilder().setName(words.name());
        for (String term : words.list("in", "")) {
            var built = storageClass.addAllowedTopologiesBuilder();
            if (!term.equals("*")) {
                for (String requirement : term.split("&")) {
                    built.addMatchLabelExpressionsBuilder().setKey(label(requirement.split(":")[0]))
                            .addAllValues(List.of(requirement.split(":")[1].split("/")));
                }
            }
        }
        return ClassFacts.of(storageClass.build());
    }

    private static StorageFacts limits(Words words) {
        CSINode.Builder node = CSINode.newBuilder();
        node.getMetadataBuilder().setName(words.name());
        words.said().forEach((driver, count) -> {
            var built = node.getSpecBuilder().addDriversBuilder().setName(driver);
            if (!count.isEmpty()) {
                built.getAllocatableBuilder().setCount(Integer.parseInt(count));
            }
        });
        return NodeDriverFacts.of(node.build());
    }

    private static StorageFacts driver(Words words) {
        CSIDriver.Builder driver = CSIDriver.newBuilder();
        driver.getMetadataBuilder().setName(words.name());
        driver.getSpecBuilder().setStorageCapacity(words.has("tells"));
        return DriverFacts.of(driver.build());
    }

    private static StorageFacts room(Words words) {
        CSIStorageCapacity.Builder room = CSIStorageCapacity.newBuilder()
                .setStorageClassName(words.get("class", "dyn"));
        room.getMetadataBuilder().setNamespace("kube-system").setName(words.name());
        words.ifSaid("size", size -> room.setCapacity(Quantities.parse(size + "Gi")));
        words.ifSaid("largest", size -> room.setMaximumVolumeSize(Quantities.parse(size + "Gi")));
        words.ifSaid("zone", zone -> room.getNodeTopologyBuilder().putMatchLabels(label("zone"), zone));
        words.ifSaid("not", zone -> room.getNodeTopologyBuilder().addMatchExpressionsBuilder().setKey(label("zone"))
                .setOperator("NotIn").addValues(zone));
        if (words.has("everywhere")) {
            room.getNodeTopologyBuilder();
        }
        return RoomFacts.of(room.build());
    }
}
