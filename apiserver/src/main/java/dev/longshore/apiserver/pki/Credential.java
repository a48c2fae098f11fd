package dev.longshore.apiserver.pki;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A certificate, its private key, and the authority that both ends trust.
 */
public record Credential(X509Certificate certificate, PrivateKey key, X509Certificate authority) {
    public byte[] certificatePem() {
        return Pem.certificate(certificate).getBytes(StandardCharsets.US_ASCII);
    }

    /** Secret: never logged. */
    public byte[] keyPem() {
        return Pem.privateKey(key).getBytes(StandardCharsets.US_ASCII);
    }

    public byte[] authorityPem() {
        return Pem.certificate(authority).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Credential[" + certificate.getSubjectX500Principal() + "]";
    }
}
