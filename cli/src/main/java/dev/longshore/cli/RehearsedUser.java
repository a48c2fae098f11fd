package dev.longshore.cli;

import dev.longshore.apiserver.pki.Credential;
import dev.longshore.common.time.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Somebody who uses the Kubernetes API by HTTP, as kubectl and its like do. */
final class RehearsedUser {
    private static final int CLIENTS = 8;
    private static final int NODES = 50;
    private static final int PODS = 500;
    private static final int REPLICAS = 20;
    private static final int REWRITES = 50;
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private static final String PODS_PATH = "/api/v1/namespaces/default/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

    private final URI server;
    private final HttpClient http;
    private final Waiting waiting;
    private final Duration limit;

    /** @param limit how long the cluster may take for what was asked of it */
    RehearsedUser(int port, Credential credential, Waiting waiting, Duration limit)
            throws GeneralSecurityException, IOException {
        this.server = URI.create("https://localhost:" + port);
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .sslContext(credential.clientContext()).build();
        this.waiting = waiting;
        this.limit = limit;
    }

    void play() throws Exception {
        for (String path : List.of("/api", "/apis", "/version", "/readyz", "/openapi/v2", "/openapi/v3",
                "/openapi/v3/api/v1")) {
            send("GET", path, "*/*", "", "");
        }
        createAll("/api/v1/nodes", NODES, RehearsedUser::node);
        await("/api/v1/namespaces/default/serviceaccounts/default", "\"default\"");
        createAll(PODS_PATH, PODS, RehearsedUser::pod);
        await(PODS_PATH + "/pod-" + (PODS - 1), "\"nodeName\"");
        rollOut();
        look();
        rewrite();
    }

    private void rollOut() throws Exception {
        send("POST", "/api/v1/namespaces/default/services", JSON, JSON, """
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},
                 "spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}""");
        send("POST", DEPLOYMENTS, JSON, JSON, """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":%d,
                 "selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
                 "spec":{"containers":[{"name":"web","image":"example.org/web:1"}]}}}}""".formatted(REPLICAS));
        await(DEPLOYMENTS + "/web", "\"updatedReplicas\":" + REPLICAS);
    }

    private void look() throws Exception {
        for (String accept : List.of(JSON, PROTOBUF, TABLE)) {
            send("GET", "/api/v1/pods?limit=500", accept, "", "");
            send("GET", PODS_PATH + "?labelSelector=app%3Dweb", accept, "", "");
            send("GET", PODS_PATH + "?watch=true&resourceVersion=0&timeoutSeconds=1", accept, "", "");
            send("GET", "/api/v1/nodes", accept, "", "");
            send("GET", DEPLOYMENTS, accept, "", "");
            send("GET", "/api/v1/events?limit=500", accept, "", "");
        }
    }

    private void rewrite() throws Exception {
        for (int i = 0; i < REWRITES; i++) {
            String path = PODS_PATH + "/pod-" + i;
            send("PATCH", path, JSON, "application/strategic-merge-patch+json",
                    "{\"metadata\":{\"labels\":{\"seen\":\"" + i + "\"}}}");
            send("PATCH", path, JSON, "application/merge-patch+json", "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
            send("PUT", path, JSON, JSON, send("GET", path, JSON, "", ""));
            send("DELETE", path + "?gracePeriodSeconds=0", JSON, "", "");
        }
        send("DELETE", DEPLOYMENTS + "/web", JSON, "", "");
    }

    private static String node(int number) {
        String room = "{\"cpu\":\"32\",\"memory\":\"256Gi\",\"pods\":\"110\"}";
        return """
                {"apiVersion":"v1","kind":"Node","metadata":{"name":"node-%1$d","labels":{"kubernetes.io/hostname":
                 "node-%1$d","topology.kubernetes.io/zone":"zone-%2$d"}},"status":{"capacity":%3$s,"allocatable":%3$s,
                 "conditions":[{"type":"Ready","status":"True"}]}}""".formatted(number, number % 3, room);
    }

    /** Some with wishes, so that all the scheduler's rules are asked. */
    private static String pod(int number) {
        String spread = """
                "topologySpreadConstraints":[{"maxSkew":5,"topologyKey":"topology.kubernetes.io/zone",
                 "whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"app":"a"}}}],""";
        String apart = """
                "affinity":{"podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":10,
                 "podAffinityTerm":{"topologyKey":"kubernetes.io/hostname",
                 "labelSelector":{"matchLabels":{"app":"a"}}}}]}},""";
        String wish = switch (number % 10) {
            case 0 -> spread;
            case 1 -> apart;
            default -> "";
        };
        return """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"pod-%d","labels":{"app":"a"}},"spec":{%s
                 "containers":[{"name":"c","image":"example.org/app:1","env":[{"name":"A","value":"b"}],
                 "resources":{"requests":{"cpu":"%dm","memory":"64Mi"}}}]}}""".formatted(number, wish,
                10 + number % 7);
    }

    private interface Body {
        String of(int number);
    }

    private void createAll(String path, int count, Body body) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String object = body.of(i);
                answers.add(clients.submit(() -> send("POST", path, JSON, JSON, object)));
            }
            for (Future<String> answer : answers) {
                answer.get();
            }
        }
    }

    private String send(String method, String path, String accept, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).header("Accept", accept)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " was answered with " + answer.statusCode() + ": "
                    + answer.body());
        }
        return answer.body();
    }

    private void await(String path, String text) throws InterruptedException, IOException {
        if (!waiting.until(() -> shows(path, text), limit)) {
            throw new IOException(path + " did not show " + text + " within " + limit.toSeconds() + " s");
        }
    }

    private boolean shows(String path, String text) {
        try {
            return send("GET", path, JSON, "", "").contains(text);
        } catch (IOException _) {
            return false; // not yet there
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
