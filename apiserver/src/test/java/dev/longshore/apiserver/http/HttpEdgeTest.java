package dev.longshore.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.apiserver.ApiServerFixture;
import dev.longshore.apiserver.pki.Credential;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocol, request by request, over real connections of both versions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpEdgeTest {
    private static final int PIPELINED = 100;
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private ApiServerFixture fixture;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fixture = new ApiServerFixture(directory);
    }

    @AfterAll
    void stop() throws InterruptedException {
        fixture.close();
    }

    private SSLContext tls(Optional<Credential> credential) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", fixture.certificates.authority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (credential.isPresent()) {
            own.setKeyEntry("me", credential.get().key(), new char[0],
                    new Certificate[]{credential.get().certificate()});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private HttpClient client(Optional<Credential> credential, HttpClient.Version version) throws Exception {
        return HttpClient.newBuilder().sslContext(tls(credential)).version(version).build();
    }

    private HttpClient admin() throws Exception {
        return client(Optional.of(fixture.certificates.admin()), HttpClient.Version.HTTP_2);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(fixture.url() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = admin()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send(request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @EnumSource(value = HttpClient.Version.class, names = {"HTTP_1_1", "HTTP_2"})
    void bothVersionsServe(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(Optional.of(fixture.certificates.admin()), version)) {
            HttpResponse<String> answer = client.send(request("/api/v1/namespaces/default").build(),
                    BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body()).contains("\"kind\":\"Namespace\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"/version,200", "/healthz,200", "/readyz,200", "/metrics,401", "/api,401", "/api/v1/pods,401"})
    void withoutCredentialsOnlyHealthAndVersionAnswer(String path, int code) throws Exception {
        try (HttpClient client = client(Optional.empty(), HttpClient.Version.HTTP_2)) {
            assertThat(client.send(request(path).build(), BodyHandlers.ofString()).statusCode()).isEqualTo(code);
        }
    }

    @Test
    void tokensAndImpersonationAreRefused() throws Exception {
        assertThat(send(request("/api/v1/pods").header("Authorization", "Bearer abc")).statusCode()).isEqualTo(401);
        HttpResponse<String> impersonation = send(request("/api/v1/pods").header("Impersonate-User", "jane"));
        assertThat(impersonation.statusCode()).isEqualTo(403);
        assertThat(impersonation.body()).contains("impersonation is not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "application/json|200|application/json",
            "*/*|200|application/json",
            "application/yaml|200|application/yaml",
            "application/vnd.kubernetes.protobuf,application/json|200|application/vnd.kubernetes.protobuf",
            "application/yaml;q=0.1,application/json;q=0.9|200|application/json",
            "text/html,application/json;q=0.5|200|application/json",
            "application/json;as=Table;v=v1;g=meta.k8s.io|200|application/json",
            "application/json;as=Table;v=v9;g=meta.k8s.io|406|application/json",
            "application/json;as=Bogus;v=v1;g=meta.k8s.io,application/json|200|application/json",
            "text/html|406|application/json"})
    void theAnswerHasTheFormAskedFor(String accept, int code, String type) throws Exception {
        HttpResponse<String> answer = send(request("/api/v1/namespaces/default").header("Accept", accept));
        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "application/json|{|400|no JSON",
            "application/json|[]|400|object",
            "text/plain|{}|415|application/json",
            "application/yaml|a: b: c|400|",
            "application/vnd.kubernetes.protobuf|xyz|400|envelope",
            "application/json|{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"x\"}}|400|ConfigMap",
            "application/json|{\"metadata\":{\"name\":\"x\",\"namespace\":\"other\"}}|400|namespace",
            "application/json|{\"metadata\":{\"name\":\"x\"},\"data\":{\"a\":1}}|400|data.a"})
    void badBodiesAreNamed(String type, String body, int code, String part) throws Exception {
        HttpResponse<String> answer = post(CONFIG_MAPS, type, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        assertThat(answer.body()).contains("\"kind\":\"Status\"", part == null ? "" : part);
    }

    @Test
    void unknownFieldsWarnOrFail() throws Exception {
        String body = "{\"metadata\":{\"name\":\"warned\"},\"dta\":{}}";
        assertThat(post(CONFIG_MAPS + "?fieldValidation=Strict", "application/json", body).body()).contains(
                "ConfigMap in version \\\"v1\\\" cannot be handled as a ConfigMap: strict decoding error: "
                        + "unknown field \\\"dta\\\"");
        HttpResponse<String> warned = post(CONFIG_MAPS + "?dryRun=All", "application/json", body);
        assertThat(warned.statusCode()).isEqualTo(201);
        assertThat(warned.headers().firstValue("Warning")).contains("299 - \"unknown field \\\"dta\\\"\"");
        assertThat(send(request(CONFIG_MAPS + "/warned")).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(value = HttpClient.Version.class, names = {"HTTP_1_1", "HTTP_2"})
    void aBodyOverTheLimitIsRefusedAndTheServerGoesOn(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(Optional.of(fixture.certificates.admin()), version)) {
            HttpResponse<String> answer = client.send(request(CONFIG_MAPS).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("x".repeat(4 * 1024 * 1024))).build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("RequestEntityTooLarge");
        }
        assertThat(send(request("/readyz")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"GET,/nothing,404", "POST,/nothing,404", "POST,/api/v1/namespaces/default/nothings,404",
            "GET,/apis/apps/v2/deployments,404", "PUT,/api/v1/namespaces/default/configmaps,405",
            "POST,/api/v1/configmaps,405", "DELETE,/version,405"})
    void whatIsNotServedSaysSo(String method, String path, int code) throws Exception {
        assertThat(send(request(path).method(method, HttpRequest.BodyPublishers.noBody())).statusCode())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(value = HttpClient.Version.class, names = {"HTTP_1_1", "HTTP_2"})
    void aWatchStreamsAndEndsAtItsTime(HttpClient.Version version) throws Exception {
        String name = "watched-" + version.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try (HttpClient client = client(Optional.of(fixture.certificates.admin()), version)) {
            HttpResponse<InputStream> watch = client.send(
                    request(CONFIG_MAPS + "?watch=1&timeoutSeconds=3&fieldSelector=metadata.name%3D" + name).build(),
                    BodyHandlers.ofInputStream());
            post(CONFIG_MAPS, "application/json", "{\"metadata\":{\"name\":\"" + name + "\"}}");
            String lines = new String(watch.body().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(lines.lines().toList()).hasSize(1);
            assertThat(lines).startsWith("{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\"").contains(name);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"GARBAGE|400", "GET / HTTP/9.9|400", "GET /%zz HTTP/1.1|400"})
    void whatIsNoHttpIsAnswered(String line, int code) throws Exception {
        assertThat(raw(line + "\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 " + code);
    }

    @Test
    void headersAndLinesHaveLimits() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(80_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(raw("GET /" + "a".repeat(80_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 414");
    }

    @Test
    void requestsThatComeBeforeTheAnswerAreAnsweredInOrder() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < PIPELINED; i++) {
            requests.append("GET ").append(i % 2 == 0 ? "/livez" : "/nothing-here")
                    .append(" HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        requests.append("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        try (SSLSocket socket = (SSLSocket) tls(Optional.empty()).getSocketFactory().createSocket("127.0.0.1",
                fixture.server.httpPort())) {
            socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            List<String> codes = Pattern.compile("HTTP/1.1 ([0-9]{3})").matcher(answers).results()
                    .map(found -> found.group(1)).toList();
            assertThat(codes).hasSize(PIPELINED + 1).startsWith("200").endsWith("200");
            assertThat(codes.get(1)).isNotEqualTo("200");
            for (int i = 0; i < PIPELINED; i++) {
                assertThat(codes.get(i)).isEqualTo(codes.get(i % 2));
            }
        }
    }

    private String raw(String text) throws Exception {
        try (SSLSocket socket = (SSLSocket) tls(Optional.empty()).getSocketFactory().createSocket("127.0.0.1",
                fixture.server.httpPort())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            byte[] answer = socket.getInputStream().readNBytes(12);
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void discoveryIsNotSentTwice() throws Exception {
        String accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
        HttpResponse<String> first = send(request("/apis").header("Accept", accept));
        assertThat(first.headers().firstValue("Content-Type"))
                .contains("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(send(request("/apis").header("Accept", accept).header("If-None-Match", etag)).statusCode())
                .isEqualTo(304);
    }

    @Test
    void metricsHaveKubernetesNames() throws Exception {
        send(request("/api/v1/pods"));
        assertThat(send(request("/metrics")).body()).contains("apiserver_request_total{",
                "apiserver_request_duration_seconds_bucket{", "apiserver_current_inflight_requests{",
                "apiserver_longrunning_requests", "etcd_request_duration_seconds_bucket{",
                "apiserver_storage_objects{resource=\"pods\"}",
                "apiserver_watch_cache_initializations_total{resource=\"pods\"}");
    }
}
