package dev.longshore.apiserver.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterCertificatesTest {
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "::1", "kubernetes.default.svc");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void keepsWhatIsThereAndReplacesWhatWouldSoonExpire() throws Exception {
        Credential first = ClusterCertificates.ensure(directory, NAMES, at(START)).server();
        Credential second = ClusterCertificates.ensure(directory, NAMES, at(START.plus(Duration.ofDays(200)))).server();
        ClusterCertificates late = ClusterCertificates.ensure(directory, NAMES, at(START.plus(Duration.ofDays(300))));

        assertThat(second.certificate()).isEqualTo(first.certificate());
        assertThat(late.server().certificate()).isNotEqualTo(first.certificate());
        assertThat(late.authority()).isEqualTo(first.authority());
        late.server().certificate().verify(first.authority().getPublicKey());
    }

    @Test
    void aNameThatTheServerCertificateLacksReplacesIt() throws Exception {
        ClusterCertificates.ensure(directory, NAMES, at(START));
        Credential wider = ClusterCertificates.ensure(directory, List.of("localhost", "10.0.0.7"), at(START)).server();

        assertThat(wider.certificate().getSubjectAlternativeNames()).anyMatch(name -> name.get(1).equals("10.0.0.7"));
    }

    @Test
    void clientCertificatesNameUserAndGroups() throws Exception {
        ClusterCertificates certificates = ClusterCertificates.ensure(directory, NAMES, at(START));

        assertThat(certificates.node("n1").certificate().getSubjectX500Principal().getName())
                .isEqualTo("CN=system:node:n1,O=system:nodes");
        assertThat(certificates.admin().certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificates.server().certificate().getSerialNumber().bitLength()).isGreaterThan(64);
    }

    @Test
    void keysAreReadableByTheirOwnerOnly() throws Exception {
        ClusterCertificates certificates = ClusterCertificates.ensure(directory, NAMES, at(START));
        Path kubeconfig = directory.resolve("admin.conf");
        certificates.writeKubeconfig(kubeconfig, "https://127.0.0.1:6443", certificates.admin());

        for (Path secret : List.of(directory.resolve("ca.key"), directory.resolve("admin.key"), kubeconfig)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret))).isEqualTo("rw-------");
        }
    }

    private static Clock at(Instant now) {
        return new SimulatedTime(1, now).environment().clock();
    }
}
