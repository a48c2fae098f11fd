package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlsTest {
    @TempDir
    private Path pki;

    @Test
    void plainUrlsNeedNoCertificate() {
        var config = StoreUrls.parse("http://10.0.0.1:2379,http://10.0.0.2:2379", pki);
        assertThat(config.endpoints()).containsExactly(URI.create("http://10.0.0.1:2379"),
                URI.create("http://10.0.0.2:2379"));
        assertThat(config.tls()).isEmpty();
    }

    @Test
    void secureUrlsNameTheCertificateThatIsMissing() throws IOException {
        Files.writeString(pki.resolve("ca.crt"), "x");
        assertThatThrownBy(() -> StoreUrls.parse("https://10.0.0.1:2379", pki)).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("etcd-client.crt");
        Files.writeString(pki.resolve("etcd-client.crt"), "x");
        Files.writeString(pki.resolve("etcd-client.key"), "x");
        assertThat(StoreUrls.parse("https://10.0.0.1:2379", pki).tls()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "etcd", "http://", "http://host", "ftp://host:1", "http://host:port", "http://a:1,b:2",
            "http://a:1,https://b:2"})
    void whatIsNoUrlIsRefused(String urls) {
        assertThatThrownBy(() -> StoreUrls.parse(urls, pki)).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--store");
    }
}
