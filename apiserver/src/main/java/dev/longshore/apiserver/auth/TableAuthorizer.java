package dev.longshore.apiserver.auth;

import dev.longshore.apiserver.request.RequestInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Authorisation by a fixed table: administrators everything, the control plane and the nodes what they need, nobody
 * else anything but discovery and health.
 */
public final class TableAuthorizer implements Authorizer {
    private static final String MASTERS = "system:masters";
    private static final String NODES = "system:nodes";
    private static final String NODE_PREFIX = "system:node:";
    private static final String NODE_LEASES = "kube-node-lease";
    private static final Verdict ALLOWED = new Verdict.Allowed();
    private static final Verdict DENIED = new Verdict.Denied("");

    private final Function<PodName, Optional<String>> nodeOfPod;

    /** Which pod. */
    public record PodName(String namespace, String name) {}

    /** @param nodeOfPod the node that a pod is bound to; empty when there is no such pod or it is not bound */
    public TableAuthorizer(Function<PodName, Optional<String>> nodeOfPod) {
        this.nodeOfPod = nodeOfPod;
    }

    @Override
    public Verdict authorize(User user, RequestInfo request) {
        if (user.groups().contains(MASTERS)) {
            return ALLOWED;
        }
        if (!request.resource()) {
            return path(user, request);
        }
        if (user.groups().contains(NODES) && user.name().startsWith(NODE_PREFIX)) {
            return node(user.name().substring(NODE_PREFIX.length()), request);
        }
        return switch (user.name()) {
            case "system:kube-scheduler" -> any(RuleTable.SCHEDULER, request);
            case "system:kube-controller-manager" -> any(RuleTable.CONTROLLER_MANAGER, request);
            default -> DENIED;
        };
    }

    private static Verdict path(User user, RequestInfo request) {
        boolean reads = request.verb().equals("get") || request.verb().equals("head");
        if (reads && RuleTable.PUBLIC_PATHS.contains(request.path())) {
            return ALLOWED;
        }
        boolean known = user.groups().contains(CertificateAuthenticator.AUTHENTICATED);
        return reads && known && discovery(request.path()) ? ALLOWED : DENIED;
    }

    /** Kubernetes API, system:discovery. */
    private static boolean discovery(String path) {
        return path.equals("/api") || path.startsWith("/api/") || path.equals("/apis") || path.startsWith("/apis/")
                || path.equals("/openapi") || path.startsWith("/openapi/") || path.startsWith("/livez/")
                || path.startsWith("/readyz/") || path.startsWith("/healthz/");
    }

    private static Verdict any(List<Rule> rules, RequestInfo request) {
        return rules.stream().anyMatch(rule -> rule.allows(request)) ? ALLOWED : DENIED;
    }

    private Verdict node(String node, RequestInfo request) {
        if (any(RuleTable.NODE, request) instanceof Verdict.Denied denied) {
            return denied;
        }
        boolean reads = switch (request.verb()) {
            case "get", "list", "watch" -> true;
            default -> false;
        };
        return switch (request.plural()) {
            case "nodes" -> reads || request.name().equals(node) || request.verb().equals("create")
                    ? ALLOWED
                    : new Verdict.Denied("a node may change only its own Node");
            case "leases" -> request.namespace().equals(NODE_LEASES)
                    && (request.name().equals(node) || request.verb().equals("create"))
                            ? ALLOWED
                            : new Verdict.Denied("a node may use only its own Lease");
            case "pods" -> reads || boundTo(node, request)
                    ? ALLOWED
                    : new Verdict.Denied("a node may change only pods that are bound to it");
            default -> ALLOWED;
        };
    }

    private boolean boundTo(String node, RequestInfo request) {
        return nodeOfPod.apply(new PodName(request.namespace(), request.name())).filter(node::equals).isPresent();
    }
}
