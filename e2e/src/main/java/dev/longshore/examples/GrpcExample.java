package dev.longshore.examples;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentSpec;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.grpc.v1.CreateRequest;
import dev.longshore.grpc.v1.DeleteRequest;
import dev.longshore.grpc.v1.ListRequest;
import dev.longshore.grpc.v1.ListResponse;
import dev.longshore.grpc.v1.ResourceName;
import dev.longshore.grpc.v1.ResourcesGrpc;
import dev.longshore.grpc.v1.WatchRequest;
import dev.longshore.grpc.v1.WatchResponse;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * A program that uses a cluster through gRPC: it lists the deployments, creates one, watches it until its replicas are
 * available, and deletes it.
 *
 * <pre>
 * java -cp 'cli/target/dist/lib/*:e2e/target/*' dev.longshore.examples.GrpcExample localhost:6444 /var/lib/longshore/pki
 * </pre>
 */
public final class GrpcExample {
    private static final String IMAGE = "images.longshore.dev/hello:1.0";

    private GrpcExample() {
    }

    /** Arguments: HOST:PORT of the gRPC API, and the directory with ca.crt, admin.crt and admin.key. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: GrpcExample HOST:PORT CERTIFICATE-DIRECTORY");
            return;
        }
        ManagedChannel channel = connect(arguments[0], Path.of(arguments[1]));
        try {
            var resources = ResourcesGrpc.newBlockingStub(channel);
            list(resources);
            create(resources);
            watch(resources);
            delete(resources);
        } finally {
            channel.shutdownNow();
        }
    }

    /** Both sides prove who they are: the server by the cluster's authority, we by the administrator's certificate. */
    private static ManagedChannel connect(String target, Path certificates) throws IOException {
        var credentials = TlsChannelCredentials.newBuilder().trustManager(certificates.resolve("ca.crt").toFile())
                .keyManager(certificates.resolve("admin.crt").toFile(), certificates.resolve("admin.key").toFile())
                .build();
        return Grpc.newChannelBuilder(target, credentials).build();
    }

    private static void list(ResourcesGrpc.ResourcesBlockingStub resources) throws InvalidProtocolBufferException {
        ListResponse answer = resources.list(ListRequest.newBuilder().setResource(deployments("")).build());
        System.out.println("deployments: " + answer.getItemsCount() + " at version " + answer.getResourceVersion());
        for (Any item : answer.getItemsList()) {
            Deployment deployment = item.unpack(Deployment.class);
            System.out.println("  " + deployment.getMetadata().getName() + ": "
                    + deployment.getStatus().getAvailableReplicas() + " available");
        }
    }

    private static void create(ResourcesGrpc.ResourcesBlockingStub resources) throws InvalidProtocolBufferException {
        ObjectMeta labelled = ObjectMeta.newBuilder().putLabels("app", "grpc-example").build();
        Deployment wanted = Deployment.newBuilder()
                .setMetadata(labelled.toBuilder().setName("grpc-example").setNamespace("default"))
                .setSpec(DeploymentSpec.newBuilder().setReplicas(2)
                        .setSelector(LabelSelector.newBuilder().putMatchLabels("app", "grpc-example"))
                        .setTemplate(PodTemplateSpec.newBuilder().setMetadata(labelled).setSpec(PodSpec.newBuilder()
                                .setTerminationGracePeriodSeconds(1)
                                .addContainers(Container.newBuilder().setName("web").setImage(IMAGE)))))
                .build();
        Any stored = resources.create(
                CreateRequest.newBuilder().setResource(deployments("")).setObject(Any.pack(wanted)).build())
                .getObject();
        System.out.println("created: " + stored.unpack(Deployment.class).getMetadata().getUid());
    }

    /** A watch without a version begins with what is there, so no change between two calls can be missed. */
    private static void watch(ResourcesGrpc.ResourcesBlockingStub resources) throws InvalidProtocolBufferException {
        Iterator<WatchResponse> changes = resources.watch(WatchRequest.newBuilder().setResource(deployments(""))
                .setFieldSelector("metadata.name=grpc-example").build());
        while (changes.hasNext()) {
            Deployment now = changes.next().getObject().unpack(Deployment.class);
            System.out.println("available: " + now.getStatus().getAvailableReplicas() + " of "
                    + now.getSpec().getReplicas());
            if (now.getStatus().getAvailableReplicas() == now.getSpec().getReplicas()) {
                return;
            }
        }
    }

    private static void delete(ResourcesGrpc.ResourcesBlockingStub resources) {
        resources.delete(DeleteRequest.newBuilder().setResource(deployments("grpc-example"))
                .setOptions(DeleteOptions.newBuilder().setPropagationPolicy("Background")).build());
        System.out.println("deleted");
    }

    private static ResourceName deployments(String name) {
        return ResourceName.newBuilder().setGroup("apps").setVersion("v1").setResource("deployments")
                .setNamespace("default").setName(name).build();
    }
}
