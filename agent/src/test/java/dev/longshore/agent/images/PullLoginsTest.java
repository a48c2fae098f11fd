package dev.longshore.agent.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.cri.v1.AuthConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PullLoginsTest {
    /** One row: the registry that the secret names, the image, and whether the login is for it. */
    record Row(String name, String registry, String image, boolean used) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("a registry by name", "registry.example", "registry.example/a/b:1", true),
            new Row("another registry", "registry.example", "other.example/a/b:1", false),
            new Row("the port belongs to the name", "registry.example:5000", "registry.example:5000/a", true),
            new Row("another port", "registry.example:5000", "registry.example:5001/a", false),
            new Row("no port is not any port", "registry.example", "registry.example:5000/a", false),
            new Row("localhost is a registry", "localhost:5000", "localhost:5000/a:1", true),
            new Row("Docker Hub by its old address", "https://index.docker.io/v1/", "busybox", true),
            new Row("Docker Hub by its name", "docker.io", "me/app:1", true),
            new Row("an image that names Docker Hub", "index.docker.io", "docker.io/library/busybox", true),
            new Row("a hub login is for the hub only", "https://index.docker.io/v1/", "registry.example/a", false),
            new Row("a scheme does not matter", "https://registry.example", "registry.example/a", true),
            new Row("a path that the image begins with", "registry.example/team", "registry.example/team/a:1", true),
            new Row("the image itself as the path", "registry.example/team/a", "registry.example/team/a:1", true),
            new Row("half a name is no path", "registry.example/te", "registry.example/team/a:1", false),
            new Row("a star stands for one part", "*.registry.example", "eu.registry.example/a", true),
            new Row("and not for two", "*.registry.example", "x.eu.registry.example/a", false),
            new Row("and not for none", "*.registry.example", "registry.example/a", false),
            new Row("a star inside a part", "eu-*.registry.example", "eu-1.registry.example/a", true),
            new Row("a dot is only a dot", "registry.example", "registryxexample/a", false));

    @ParameterizedTest
    @FieldSource("ROWS")
    void loginsAreForTheirRegistry(Row row) throws IOException {
        Secret secret = config("{\"auths\":{\"" + row.registry + "\":{\"username\":\"u\",\"password\":\"p\"}}}");
        AuthConfig login = AuthConfig.newBuilder().setUsername("u").setPassword("p").build();
        assertThat(PullLogins.of(secret, row.image)).isEqualTo(row.used ? List.of(login) : List.of());
    }

    @Test
    void theLongestPathComesFirst() throws IOException {
        Secret secret = config("{\"HttpHeaders\":{\"a\":[1]},\"auths\":{\"r.example\":{\"auth\":\"YQ==\"},"
                + "\"r.example/team\":{\"auth\":\"Yg==\",\"email\":\"x\"}}}");
        assertThat(PullLogins.of(secret, "r.example/team/app")).extracting(AuthConfig::getAuth).containsExactly("Yg==",
                "YQ==");
    }

    @Test
    void theOldFormatHasNoAuthsAround() throws IOException {
        Secret secret = Secret.newBuilder().setType("kubernetes.io/dockercfg")
                .putData(".dockercfg", ByteString.copyFromUtf8("{\"r.example\":{\"identitytoken\":\"t\"}}")).build();
        assertThat(PullLogins.of(secret, "r.example/app")).extracting(AuthConfig::getIdentityToken)
                .containsExactly("t");
    }

    @Test
    void whatIsNoLoginIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> PullLogins.of(config("{\"auths\":{\"r\": hunter2"), "r.example/a"))
                .isInstanceOf(IOException.class).message().doesNotContain("hunter");
        assertThatThrownBy(() -> PullLogins.of(config(""), "r.example/a")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> PullLogins.of(config("[]"), "r.example/a")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> PullLogins.of(Secret.newBuilder().setType("Opaque").build(), "a"))
                .isInstanceOf(IOException.class).hasMessageContaining("Opaque");
    }

    private static Secret config(String json) {
        return Secret.newBuilder().setType("kubernetes.io/dockerconfigjson")
                .putData(".dockerconfigjson", ByteString.copyFromUtf8(json)).build();
    }
}
