package dev.longshore.api;

import com.google.protobuf.Message;
import dev.longshore.api.admissionregistration.v1.MutatingWebhookConfiguration;
import dev.longshore.api.admissionregistration.v1.MutatingWebhookConfigurationList;
import dev.longshore.api.admissionregistration.v1.ValidatingAdmissionPolicy;
import dev.longshore.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import dev.longshore.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingList;
import dev.longshore.api.admissionregistration.v1.ValidatingAdmissionPolicyList;
import dev.longshore.api.admissionregistration.v1.ValidatingWebhookConfiguration;
import dev.longshore.api.admissionregistration.v1.ValidatingWebhookConfigurationList;
import dev.longshore.api.apiextensions.v1.CustomResourceDefinition;
import dev.longshore.api.apiextensions.v1.CustomResourceDefinitionList;
import dev.longshore.api.apiregistration.v1.APIService;
import dev.longshore.api.apiregistration.v1.APIServiceList;
import dev.longshore.api.apps.v1.ControllerRevision;
import dev.longshore.api.apps.v1.ControllerRevisionList;
import dev.longshore.api.apps.v1.DaemonSet;
import dev.longshore.api.apps.v1.DaemonSetList;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentList;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.ReplicaSetList;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.apps.v1.StatefulSetList;
import dev.longshore.api.autoscaling.v2.HorizontalPodAutoscaler;
import dev.longshore.api.autoscaling.v2.HorizontalPodAutoscalerList;
import dev.longshore.api.batch.v1.CronJob;
import dev.longshore.api.batch.v1.CronJobList;
import dev.longshore.api.batch.v1.Job;
import dev.longshore.api.batch.v1.JobList;
import dev.longshore.api.certificates.v1.CertificateSigningRequest;
import dev.longshore.api.certificates.v1.CertificateSigningRequestList;
import dev.longshore.api.coordination.v1.Lease;
import dev.longshore.api.coordination.v1.LeaseList;
import dev.longshore.api.core.v1.ComponentStatus;
import dev.longshore.api.core.v1.ComponentStatusList;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.ConfigMapList;
import dev.longshore.api.core.v1.Endpoints;
import dev.longshore.api.core.v1.EndpointsList;
import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.EventList;
import dev.longshore.api.core.v1.LimitRange;
import dev.longshore.api.core.v1.LimitRangeList;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.NamespaceList;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.NodeList;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.api.core.v1.PersistentVolumeClaimList;
import dev.longshore.api.core.v1.PersistentVolumeList;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodList;
import dev.longshore.api.core.v1.PodTemplate;
import dev.longshore.api.core.v1.PodTemplateList;
import dev.longshore.api.core.v1.ReplicationController;
import dev.longshore.api.core.v1.ReplicationControllerList;
import dev.longshore.api.core.v1.ResourceQuota;
import dev.longshore.api.core.v1.ResourceQuotaList;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.api.core.v1.SecretList;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServiceAccount;
import dev.longshore.api.core.v1.ServiceAccountList;
import dev.longshore.api.core.v1.ServiceList;
import dev.longshore.api.discovery.v1.EndpointSlice;
import dev.longshore.api.discovery.v1.EndpointSliceList;
import dev.longshore.api.flowcontrol.v1.FlowSchema;
import dev.longshore.api.flowcontrol.v1.FlowSchemaList;
import dev.longshore.api.flowcontrol.v1.PriorityLevelConfiguration;
import dev.longshore.api.flowcontrol.v1.PriorityLevelConfigurationList;
import dev.longshore.api.networking.v1.Ingress;
import dev.longshore.api.networking.v1.IngressClass;
import dev.longshore.api.networking.v1.IngressClassList;
import dev.longshore.api.networking.v1.IngressList;
import dev.longshore.api.networking.v1.NetworkPolicy;
import dev.longshore.api.networking.v1.NetworkPolicyList;
import dev.longshore.api.node.v1.RuntimeClass;
import dev.longshore.api.node.v1.RuntimeClassList;
import dev.longshore.api.policy.v1.PodDisruptionBudget;
import dev.longshore.api.policy.v1.PodDisruptionBudgetList;
import dev.longshore.api.rbac.v1.ClusterRole;
import dev.longshore.api.rbac.v1.ClusterRoleBinding;
import dev.longshore.api.rbac.v1.ClusterRoleBindingList;
import dev.longshore.api.rbac.v1.ClusterRoleList;
import dev.longshore.api.rbac.v1.Role;
import dev.longshore.api.rbac.v1.RoleBinding;
import dev.longshore.api.rbac.v1.RoleBindingList;
import dev.longshore.api.rbac.v1.RoleList;
import dev.longshore.api.scheduling.v1.PriorityClass;
import dev.longshore.api.scheduling.v1.PriorityClassList;
import dev.longshore.api.storage.v1.CSIDriver;
import dev.longshore.api.storage.v1.CSIDriverList;
import dev.longshore.api.storage.v1.CSINode;
import dev.longshore.api.storage.v1.CSINodeList;
import dev.longshore.api.storage.v1.CSIStorageCapacity;
import dev.longshore.api.storage.v1.CSIStorageCapacityList;
import dev.longshore.api.storage.v1.StorageClass;
import dev.longshore.api.storage.v1.StorageClassList;
import dev.longshore.api.storage.v1.VolumeAttachment;
import dev.longshore.api.storage.v1.VolumeAttachmentList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every resource that can be stored, one constant each, in the order of discovery. A new one is a message with the
 * {@code resource} option and one line here.
 */
public final class ResourceTypes {
    public static final ResourceType<ComponentStatus> COMPONENT_STATUSES = type("", "v1",
            ComponentStatus.getDefaultInstance(), ComponentStatusList.getDefaultInstance());
    public static final ResourceType<ConfigMap> CONFIG_MAPS = type("", "v1",
            ConfigMap.getDefaultInstance(), ConfigMapList.getDefaultInstance());
    public static final ResourceType<Endpoints> ENDPOINTS = type("", "v1",
            Endpoints.getDefaultInstance(), EndpointsList.getDefaultInstance());
    public static final ResourceType<Event> EVENTS = type("", "v1",
            Event.getDefaultInstance(), EventList.getDefaultInstance());
    public static final ResourceType<LimitRange> LIMIT_RANGES = type("", "v1",
            LimitRange.getDefaultInstance(), LimitRangeList.getDefaultInstance());
    public static final ResourceType<Namespace> NAMESPACES = type("", "v1",
            Namespace.getDefaultInstance(), NamespaceList.getDefaultInstance());
    public static final ResourceType<Node> NODES = type("", "v1",
            Node.getDefaultInstance(), NodeList.getDefaultInstance());
    public static final ResourceType<PersistentVolume> PERSISTENT_VOLUMES = type("", "v1",
            PersistentVolume.getDefaultInstance(), PersistentVolumeList.getDefaultInstance());
    public static final ResourceType<PersistentVolumeClaim> PERSISTENT_VOLUME_CLAIMS = type("", "v1",
            PersistentVolumeClaim.getDefaultInstance(), PersistentVolumeClaimList.getDefaultInstance());
    public static final ResourceType<Pod> PODS = type("", "v1",
            Pod.getDefaultInstance(), PodList.getDefaultInstance());
    public static final ResourceType<PodTemplate> POD_TEMPLATES = type("", "v1",
            PodTemplate.getDefaultInstance(), PodTemplateList.getDefaultInstance());
    public static final ResourceType<ReplicationController> REPLICATION_CONTROLLERS = type("", "v1",
            ReplicationController.getDefaultInstance(), ReplicationControllerList.getDefaultInstance());
    public static final ResourceType<ResourceQuota> RESOURCE_QUOTAS = type("", "v1",
            ResourceQuota.getDefaultInstance(), ResourceQuotaList.getDefaultInstance());
    public static final ResourceType<Secret> SECRETS = type("", "v1",
            Secret.getDefaultInstance(), SecretList.getDefaultInstance());
    public static final ResourceType<Service> SERVICES = type("", "v1",
            Service.getDefaultInstance(), ServiceList.getDefaultInstance());
    public static final ResourceType<ServiceAccount> SERVICE_ACCOUNTS = type("", "v1",
            ServiceAccount.getDefaultInstance(), ServiceAccountList.getDefaultInstance());
    public static final ResourceType<ControllerRevision> CONTROLLER_REVISIONS = type("apps", "v1",
            ControllerRevision.getDefaultInstance(), ControllerRevisionList.getDefaultInstance());
    public static final ResourceType<DaemonSet> DAEMON_SETS = type("apps", "v1",
            DaemonSet.getDefaultInstance(), DaemonSetList.getDefaultInstance());
    public static final ResourceType<Deployment> DEPLOYMENTS = type("apps", "v1",
            Deployment.getDefaultInstance(), DeploymentList.getDefaultInstance());
    public static final ResourceType<ReplicaSet> REPLICA_SETS = type("apps", "v1",
            ReplicaSet.getDefaultInstance(), ReplicaSetList.getDefaultInstance());
    public static final ResourceType<StatefulSet> STATEFUL_SETS = type("apps", "v1",
            StatefulSet.getDefaultInstance(), StatefulSetList.getDefaultInstance());
    public static final ResourceType<dev.longshore.api.events.v1.Event> EVENTS_V1 = type("events.k8s.io", "v1",
            dev.longshore.api.events.v1.Event.getDefaultInstance(),
            dev.longshore.api.events.v1.EventList.getDefaultInstance());
    public static final ResourceType<HorizontalPodAutoscaler> HORIZONTAL_POD_AUTOSCALERS = type("autoscaling", "v2",
            HorizontalPodAutoscaler.getDefaultInstance(), HorizontalPodAutoscalerList.getDefaultInstance());
    public static final ResourceType<dev.longshore.api.autoscaling.v1.HorizontalPodAutoscaler> HORIZONTAL_POD_AUTOSCALERS_V1 = type(
            "autoscaling", "v1",
            dev.longshore.api.autoscaling.v1.HorizontalPodAutoscaler.getDefaultInstance(),
            dev.longshore.api.autoscaling.v1.HorizontalPodAutoscalerList.getDefaultInstance());
    public static final ResourceType<CronJob> CRON_JOBS = type("batch", "v1",
            CronJob.getDefaultInstance(), CronJobList.getDefaultInstance());
    public static final ResourceType<Job> JOBS = type("batch", "v1",
            Job.getDefaultInstance(), JobList.getDefaultInstance());
    public static final ResourceType<CertificateSigningRequest> CERTIFICATE_SIGNING_REQUESTS = type(
            "certificates.k8s.io", "v1",
            CertificateSigningRequest.getDefaultInstance(), CertificateSigningRequestList.getDefaultInstance());
    public static final ResourceType<Ingress> INGRESSES = type("networking.k8s.io", "v1",
            Ingress.getDefaultInstance(), IngressList.getDefaultInstance());
    public static final ResourceType<IngressClass> INGRESS_CLASSES = type("networking.k8s.io", "v1",
            IngressClass.getDefaultInstance(), IngressClassList.getDefaultInstance());
    public static final ResourceType<NetworkPolicy> NETWORK_POLICIES = type("networking.k8s.io", "v1",
            NetworkPolicy.getDefaultInstance(), NetworkPolicyList.getDefaultInstance());
    public static final ResourceType<PodDisruptionBudget> POD_DISRUPTION_BUDGETS = type("policy", "v1",
            PodDisruptionBudget.getDefaultInstance(), PodDisruptionBudgetList.getDefaultInstance());
    public static final ResourceType<ClusterRole> CLUSTER_ROLES = type("rbac.authorization.k8s.io", "v1",
            ClusterRole.getDefaultInstance(), ClusterRoleList.getDefaultInstance());
    public static final ResourceType<ClusterRoleBinding> CLUSTER_ROLE_BINDINGS = type("rbac.authorization.k8s.io", "v1",
            ClusterRoleBinding.getDefaultInstance(), ClusterRoleBindingList.getDefaultInstance());
    public static final ResourceType<Role> ROLES = type("rbac.authorization.k8s.io", "v1",
            Role.getDefaultInstance(), RoleList.getDefaultInstance());
    public static final ResourceType<RoleBinding> ROLE_BINDINGS = type("rbac.authorization.k8s.io", "v1",
            RoleBinding.getDefaultInstance(), RoleBindingList.getDefaultInstance());
    public static final ResourceType<CSIDriver> CSI_DRIVERS = type("storage.k8s.io", "v1",
            CSIDriver.getDefaultInstance(), CSIDriverList.getDefaultInstance());
    public static final ResourceType<CSINode> CSI_NODES = type("storage.k8s.io", "v1",
            CSINode.getDefaultInstance(), CSINodeList.getDefaultInstance());
    public static final ResourceType<CSIStorageCapacity> CSI_STORAGE_CAPACITIES = type("storage.k8s.io", "v1",
            CSIStorageCapacity.getDefaultInstance(), CSIStorageCapacityList.getDefaultInstance());
    public static final ResourceType<StorageClass> STORAGE_CLASSES = type("storage.k8s.io", "v1",
            StorageClass.getDefaultInstance(), StorageClassList.getDefaultInstance());
    public static final ResourceType<VolumeAttachment> VOLUME_ATTACHMENTS = type("storage.k8s.io", "v1",
            VolumeAttachment.getDefaultInstance(), VolumeAttachmentList.getDefaultInstance());
    public static final ResourceType<MutatingWebhookConfiguration> MUTATING_WEBHOOK_CONFIGURATIONS = type(
            "admissionregistration.k8s.io", "v1",
            MutatingWebhookConfiguration.getDefaultInstance(), MutatingWebhookConfigurationList.getDefaultInstance());
    public static final ResourceType<ValidatingAdmissionPolicy> VALIDATING_ADMISSION_POLICIES = type(
            "admissionregistration.k8s.io", "v1",
            ValidatingAdmissionPolicy.getDefaultInstance(), ValidatingAdmissionPolicyList.getDefaultInstance());
    public static final ResourceType<ValidatingAdmissionPolicyBinding> VALIDATING_ADMISSION_POLICY_BINDINGS = type(
            "admissionregistration.k8s.io", "v1",
            ValidatingAdmissionPolicyBinding.getDefaultInstance(),
            ValidatingAdmissionPolicyBindingList.getDefaultInstance());
    public static final ResourceType<ValidatingWebhookConfiguration> VALIDATING_WEBHOOK_CONFIGURATIONS = type(
            "admissionregistration.k8s.io", "v1",
            ValidatingWebhookConfiguration.getDefaultInstance(),
            ValidatingWebhookConfigurationList.getDefaultInstance());
    public static final ResourceType<CustomResourceDefinition> CUSTOM_RESOURCE_DEFINITIONS = type(
            "apiextensions.k8s.io", "v1",
            CustomResourceDefinition.getDefaultInstance(), CustomResourceDefinitionList.getDefaultInstance());
    public static final ResourceType<APIService> API_SERVICES = type("apiregistration.k8s.io", "v1",
            APIService.getDefaultInstance(), APIServiceList.getDefaultInstance());
    public static final ResourceType<PriorityClass> PRIORITY_CLASSES = type("scheduling.k8s.io", "v1",
            PriorityClass.getDefaultInstance(), PriorityClassList.getDefaultInstance());
    public static final ResourceType<Lease> LEASES = type("coordination.k8s.io", "v1",
            Lease.getDefaultInstance(), LeaseList.getDefaultInstance());
    public static final ResourceType<RuntimeClass> RUNTIME_CLASSES = type("node.k8s.io", "v1",
            RuntimeClass.getDefaultInstance(), RuntimeClassList.getDefaultInstance());
    public static final ResourceType<EndpointSlice> ENDPOINT_SLICES = type("discovery.k8s.io", "v1",
            EndpointSlice.getDefaultInstance(), EndpointSliceList.getDefaultInstance());
    public static final ResourceType<FlowSchema> FLOW_SCHEMAS = type("flowcontrol.apiserver.k8s.io", "v1",
            FlowSchema.getDefaultInstance(), FlowSchemaList.getDefaultInstance());
    public static final ResourceType<PriorityLevelConfiguration> PRIORITY_LEVEL_CONFIGURATIONS = type(
            "flowcontrol.apiserver.k8s.io", "v1",
            PriorityLevelConfiguration.getDefaultInstance(), PriorityLevelConfigurationList.getDefaultInstance());

    private static final List<ResourceType<?>> ALL = List.of(COMPONENT_STATUSES, CONFIG_MAPS, ENDPOINTS, EVENTS,
            LIMIT_RANGES, NAMESPACES, NODES, PERSISTENT_VOLUMES, PERSISTENT_VOLUME_CLAIMS, PODS, POD_TEMPLATES,
            REPLICATION_CONTROLLERS, RESOURCE_QUOTAS, SECRETS, SERVICES, SERVICE_ACCOUNTS, CONTROLLER_REVISIONS,
            DAEMON_SETS, DEPLOYMENTS, REPLICA_SETS, STATEFUL_SETS, EVENTS_V1, HORIZONTAL_POD_AUTOSCALERS,
            HORIZONTAL_POD_AUTOSCALERS_V1, CRON_JOBS, JOBS, CERTIFICATE_SIGNING_REQUESTS, INGRESSES, INGRESS_CLASSES,
            NETWORK_POLICIES, POD_DISRUPTION_BUDGETS, CLUSTER_ROLES, CLUSTER_ROLE_BINDINGS, ROLES, ROLE_BINDINGS,
            CSI_DRIVERS, CSI_NODES, CSI_STORAGE_CAPACITIES, STORAGE_CLASSES, VOLUME_ATTACHMENTS,
            MUTATING_WEBHOOK_CONFIGURATIONS, VALIDATING_ADMISSION_POLICIES, VALIDATING_ADMISSION_POLICY_BINDINGS,
            VALIDATING_WEBHOOK_CONFIGURATIONS, CUSTOM_RESOURCE_DEFINITIONS, API_SERVICES, PRIORITY_CLASSES, LEASES,
            RUNTIME_CLASSES, ENDPOINT_SLICES, FLOW_SCHEMAS, PRIORITY_LEVEL_CONFIGURATIONS);

    private static final Map<String, ResourceType<?>> BY_MESSAGE = ALL.stream()
            .collect(Collectors.toUnmodifiableMap(type -> type.prototype().getDescriptorForType().getFullName(),
                    type -> type));

    private static final Map<List<String>, ResourceType<?>> BY_PATH = ALL.stream().collect(Collectors
            .toUnmodifiableMap(type -> List.of(type.group(), type.version(), type.plural()), type -> type));

    private ResourceTypes() {
    }

    public static List<ResourceType<?>> all() {
        return ALL;
    }

    /** The resource at {@code /apis/group/version/plural}. */
    public static Optional<ResourceType<?>> find(String group, String version, String plural) {
        return Optional.ofNullable(BY_PATH.get(List.of(group, version, plural)));
    }

    /** The resource whose objects carry this {@code apiVersion} and {@code kind}. */
    public static Optional<ResourceType<?>> ofKind(String apiVersion, String kind) {
        return ALL.stream().<ResourceType<?>>map(type -> type)
                .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind)).findFirst();
    }

    /** The resource that {@code object} is one of; empty for a message that is no kind. */
    public static Optional<ResourceType<?>> of(Message object) {
        return Optional.ofNullable(BY_MESSAGE.get(object.getDescriptorForType().getFullName()));
    }

    private static <T extends Message> ResourceType<T> type(String group, String version, T prototype, Message list) {
        return new ResourceType<>(group, version, prototype, list);
    }
}
