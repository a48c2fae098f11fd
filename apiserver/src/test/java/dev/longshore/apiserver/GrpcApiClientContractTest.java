package dev.longshore.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.pki.Credential;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import dev.longshore.client.grpc.ClientTls;
import dev.longshore.client.grpc.Endpoints;
import dev.longshore.client.grpc.GrpcApiClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GrpcApiClientContractTest extends ServedApiClientContract {
    private Endpoints endpoints;

    @Override
    ApiClient client() throws Exception {
        endpoints = fixture.endpoints(fixture.certificates.admin());
        return new GrpcApiClient(endpoints, "test");
    }

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @Test
    void aServerThatIsNotThereIsPassedOver() throws Exception {
        Credential admin = fixture.certificates.admin();
        try (Endpoints two = new Endpoints(List.of("127.0.0.1:1", "127.0.0.1:" + fixture.server.grpcPort()),
                new ClientTls(admin.authorityPem(), admin.certificatePem(), admin.keyPem()),
                fixture.system.environment().tasks())) {
            assertThat(new GrpcApiClient(two, "test").list(ResourceTypes.NAMESPACES, Query.all()).items()).isNotEmpty();
        }
    }

    @Test
    void aNodeMayNotReadWhatIsNotItsBusiness() throws Exception {
        try (Endpoints node = fixture.endpoints(fixture.certificates.node("n1"))) {
            ApiClient client = new GrpcApiClient(node, "agent");
            assertThat(client.list(ResourceTypes.SERVICES, Query.all()).items()).isNotEmpty();
            assertThatThrownBy(() -> client.get(ResourceTypes.DEPLOYMENTS, new ObjectKey("default", "x")))
                    .isInstanceOfSatisfying(ApiException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN);
                        assertThat(e.getMessage()).isEqualTo("deployments.apps \"x\" is forbidden: User "
                                + "\"system:node:n1\" cannot get resource \"deployments\" in API group \"apps\" "
                                + "in the namespace \"default\"");
                    });
        }
    }
}
