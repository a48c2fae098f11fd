package dev.longshore.sim;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentSpec;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.core.v1.Service;
import dev.longshore.api.core.v1.ServicePort;
import dev.longshore.api.core.v1.ServiceSpec;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Quantities;
import dev.longshore.client.ApiClient;
import dev.longshore.client.DeleteQuery;
import java.util.function.Consumer;

/** Carries out the steps of a scenario over a connection that never fails. */
final class SimUser {
    static final String NAMESPACE = "default";
    private static final String LABEL = "app";

    private final ApiClient client;

    SimUser(ApiClient client) {
        this.client = client;
    }

    void perform(Step step) {
        switch (step) {
            case Step.Create create -> {
                client.create(ResourceTypes.DEPLOYMENTS, deployment(create));
                client.create(ResourceTypes.SERVICES, service(create.name()));
            }
            case Step.Scale scale -> change(scale.name(), spec -> spec.setReplicas(scale.replicas()));
            case Step.SetVersion set -> change(set.name(), spec -> spec.getTemplateBuilder().getSpecBuilder()
                    .getContainersBuilder(0).setImage(image(set.version())));
            case Step.Delete delete -> {
                client.delete(ResourceTypes.DEPLOYMENTS, key(delete.name()), DeleteQuery.background());
                client.delete(ResourceTypes.SERVICES, key(delete.name()), DeleteQuery.background());
            }
        }
    }

    static String image(int version) {
        return "registry.example/app:v" + version;
    }

    static ObjectKey key(String name) {
        return new ObjectKey(NAMESPACE, name);
    }

    private void change(String name, Consumer<DeploymentSpec.Builder> change) {
        try {
            Deployment.Builder deployment = client.get(ResourceTypes.DEPLOYMENTS, key(name)).toBuilder();
            change.accept(deployment.getSpecBuilder());
            client.update(ResourceTypes.DEPLOYMENTS, deployment.build());
        } catch (ApiException e) {
            // The scenario may have deleted the deployment before.
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
    }

    private static ObjectMeta.Builder meta(String name) {
        return ObjectMeta.newBuilder().setNamespace(NAMESPACE).setName(name).putLabels(LABEL, name);
    }

    private static Deployment deployment(Step.Create create) {
        Container container = Container.newBuilder().setName("main").setImage(image(create.version()))
                .setResources(ResourceRequirements.newBuilder()
                        .putRequests("cpu", Quantities.ofMilli(create.cpuMillis())))
                .build();
        return Deployment.newBuilder().setMetadata(meta(create.name())).setSpec(DeploymentSpec.newBuilder()
                .setReplicas(create.replicas())
                .setSelector(LabelSelector.newBuilder().putMatchLabels(LABEL, create.name()))
                .setTemplate(PodTemplateSpec.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().putLabels(LABEL, create.name()))
                        .setSpec(PodSpec.newBuilder().addContainers(container))))
                .build();
    }

    private static Service service(String name) {
        return Service.newBuilder().setMetadata(meta(name)).setSpec(ServiceSpec.newBuilder()
                .putSelector(LABEL, name)
                .addPorts(ServicePort.newBuilder().setName("http").setPort(80).setProtocol("TCP"))).build();
    }
}
