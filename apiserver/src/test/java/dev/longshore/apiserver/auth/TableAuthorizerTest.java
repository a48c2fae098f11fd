package dev.longshore.apiserver.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.apiserver.auth.Authorizer.Verdict;
import dev.longshore.apiserver.request.RequestParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableAuthorizerTest {
    private final TableAuthorizer authorizer = new TableAuthorizer(
            pod -> pod.name().equals("mine") ? Optional.of("n1") : Optional.of("n2"));

    @ParameterizedTest
    @CsvSource({
            "admin,DELETE,/api/v1/nodes/n1,true",
            "admin,GET,/metrics,true",
            "anonymous,GET,/healthz,true",
            "anonymous,GET,/version,true",
            "anonymous,GET,/metrics,false",
            "anonymous,GET,/api,false",
            "anonymous,GET,/api/v1/pods,false",
            "somebody,GET,/api,true",
            "somebody,GET,/api/v1/pods,false",
            "node,GET,/api/v1/pods,true",
            "node,PATCH,/api/v1/nodes/n1/status,true",
            "node,PATCH,/api/v1/nodes/n2/status,false",
            "node,PUT,/api/v1/namespaces/d/pods/mine/status,true",
            "node,PUT,/api/v1/namespaces/d/pods/other/status,false",
            "node,DELETE,/api/v1/namespaces/d/pods/mine,true",
            "node,DELETE,/api/v1/namespaces/d/pods/other,false",
            "node,PUT,/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n1,true",
            "node,PUT,/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n2,false",
            "node,PUT,/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/n1,false",
            "node,PUT,/api/v1/namespaces/d/secrets/s,false",
            "node,POST,/api/v1/namespaces/d/pods/mine/exec,false",
            "node,GET,/metrics,false",
            "scheduler,POST,/api/v1/namespaces/d/pods/p/binding,true",
            "scheduler,GET,/api/v1/namespaces/d/secrets/s,false",
            "scheduler,PUT,/api/v1/persistentvolumes/v,true",
            "scheduler,PUT,/api/v1/namespaces/d/persistentvolumeclaims/c,true",
            "scheduler,DELETE,/api/v1/persistentvolumes/v,false",
            "controllers,POST,/api/v1/namespaces/d/pods,true",
            "controllers,POST,/api/v1/namespaces/d/pods/p/exec,false"})
    void eachDoesItsOwnWork(String who, String method, String path, boolean allowed) {
        Verdict verdict = authorizer.authorize(user(who),
                RequestParser.parse(method, path, new RequestParser.Selection(false, "")));
        assertThat(verdict instanceof Verdict.Allowed).isEqualTo(allowed);
    }

    private static User user(String who) {
        return switch (who) {
            case "admin" -> user("root", "system:masters");
            case "anonymous" -> CertificateAuthenticator.ANONYMOUS;
            case "node" -> user("system:node:n1", "system:nodes");
            case "scheduler" -> user("system:kube-scheduler", "");
            case "controllers" -> user("system:kube-controller-manager", "");
            default -> user(who, "");
        };
    }

    private static User user(String name, String group) {
        return new User(name, "", List.of(group, CertificateAuthenticator.AUTHENTICATED));
    }
}
