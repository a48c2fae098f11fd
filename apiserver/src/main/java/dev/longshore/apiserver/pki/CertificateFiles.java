package dev.longshore.apiserver.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * Certificates and keys in a directory: {@code NAME.crt} and {@code NAME.key}; keys are readable by their owner only.
 */
final class CertificateFiles {
    private static final String KEY_MODE = "rw-------";
    private static final String CERTIFICATE_MODE = "rw-r--r--";

    private final Path directory;

    CertificateFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    void prepare() throws IOException {
        Files.createDirectories(directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    boolean exists(String name) {
        return Files.exists(certificatePath(name)) && Files.exists(keyPath(name));
    }

    X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        return Pem.parseCertificate(Files.readString(certificatePath(name), StandardCharsets.US_ASCII));
    }

    PrivateKey key(String name) throws IOException, GeneralSecurityException {
        return Pem.parsePrivateKey(Files.readString(keyPath(name), StandardCharsets.US_ASCII));
    }

    /** The key first: a certificate whose key is missing counts as absent. */
    void write(String name, X509Certificate certificate, PrivateKey key) throws IOException {
        write(keyPath(name), Pem.privateKey(key), KEY_MODE);
        write(certificatePath(name), Pem.certificate(certificate), CERTIFICATE_MODE);
    }

    void writeSecret(Path path, String content) throws IOException {
        write(path, content, KEY_MODE);
    }

    private static void write(Path path, String content, String mode) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(directory, ".new-", "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(KEY_MODE)));
        Files.writeString(temporary, content, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path certificatePath(String name) {
        return directory.resolve(name + ".crt");
    }

    private Path keyPath(String name) {
        return directory.resolve(name + ".key");
    }
}
