package dev.longshore.api.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admission;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V2Autoscaling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The messages of the Kubernetes Java client, by full name. */
final class KubernetesDescriptors {
    /** Fields that are younger than Kubernetes 1.32. */
    static final Set<String> NEWER = Set.of(
            "k8s.io.api.apps.v1.DeploymentStatus.terminatingReplicas",
            "k8s.io.api.apps.v1.ReplicaSetStatus.terminatingReplicas",
            "k8s.io.api.autoscaling.v2.HPAScalingRules.tolerance",
            "k8s.io.api.autoscaling.v2.HorizontalPodAutoscalerCondition.observedGeneration",
            "k8s.io.api.core.v1.Container.restartPolicyRules",
            "k8s.io.api.core.v1.ContainerStatus.stopSignal",
            "k8s.io.api.core.v1.EnvVarSource.fileKeyRef",
            "k8s.io.api.core.v1.EphemeralContainerCommon.restartPolicyRules",
            "k8s.io.api.core.v1.Lifecycle.stopSignal",
            "k8s.io.api.core.v1.NodeStatus.declaredFeatures",
            "k8s.io.api.core.v1.NodeSystemInfo.swap",
            "k8s.io.api.core.v1.PodCondition.observedGeneration",
            "k8s.io.api.core.v1.PodSpec.hostnameOverride",
            "k8s.io.api.core.v1.PodSpec.schedulingGroup",
            "k8s.io.api.core.v1.PodStatus.allocatedResources",
            "k8s.io.api.core.v1.PodStatus.extendedResourceClaimStatus",
            "k8s.io.api.core.v1.PodStatus.nodeAllocatableResourceClaimStatuses",
            "k8s.io.api.core.v1.PodStatus.observedGeneration",
            "k8s.io.api.core.v1.PodStatus.resources",
            "k8s.io.api.core.v1.ResourceHealth.message",
            "k8s.io.api.core.v1.VolumeMountStatus.volumeStatus",
            "k8s.io.api.core.v1.VolumeProjection.podCertificate",
            "k8s.io.api.discovery.v1.EndpointHints.forNodes",
            "k8s.io.api.storage.v1.CSIDriverSpec.nodeAllocatableUpdatePeriodSeconds",
            "k8s.io.api.storage.v1.CSIDriverSpec.preventPodSchedulingIfMissing",
            "k8s.io.api.storage.v1.CSIDriverSpec.serviceAccountTokenInSecrets",
            "k8s.io.api.storage.v1.VolumeError.errorCode",
            "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition.observedGeneration",
            "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus.observedGeneration",
            "k8s.io.apimachinery.pkg.apis.meta.v1.ListMeta.shardInfo");

    private static final List<FileDescriptor> FILES = List.of(IntStr.getDescriptor(), Meta.getDescriptor(),
            Resource.getDescriptor(), Runtime.getDescriptor(), V1.getDescriptor(), V1Admission.getDescriptor(),
            V1Admissionregistration.getDescriptor(), V1Apiextensions.getDescriptor(), V1Apps.getDescriptor(),
            V1Authentication.getDescriptor(), V1Authorization.getDescriptor(), V1Autoscaling.getDescriptor(),
            V1Batch.getDescriptor(), V1Certificates.getDescriptor(), V1Coordination.getDescriptor(),
            V1Discovery.getDescriptor(), V1Events.getDescriptor(), V1Flowcontrol.getDescriptor(),
            V1Networking.getDescriptor(), V1Node.getDescriptor(), V1Policy.getDescriptor(), V1Rbac.getDescriptor(),
            V1Scheduling.getDescriptor(), V1Storage.getDescriptor(), V2Autoscaling.getDescriptor());

    private static final Map<String, Descriptor> MESSAGES = new HashMap<>();

    static {
        FILES.forEach(file -> file.getMessageTypes().forEach(KubernetesDescriptors::add));
    }

    private KubernetesDescriptors() {
    }

    private static void add(Descriptor descriptor) {
        MESSAGES.put(descriptor.getFullName(), descriptor);
        descriptor.getNestedTypes().forEach(KubernetesDescriptors::add);
    }

    static boolean knows(String fullName) {
        return MESSAGES.containsKey(fullName);
    }

    static Descriptor message(String fullName) {
        return Optional.ofNullable(MESSAGES.get(fullName))
                .orElseThrow(() -> new AssertionError("Kubernetes' classes have no message " + fullName));
    }
}
