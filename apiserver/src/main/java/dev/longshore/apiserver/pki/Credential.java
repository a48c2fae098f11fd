package dev.longshore.apiserver.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

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

    /** For a client that shows this certificate and trusts the authority alone. */
    public SSLContext clientContext() throws GeneralSecurityException, IOException {
        char[] password = new char[0];
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, password);
        own.setKeyEntry("client", key, password, new Certificate[]{certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, password);
        trusted.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public String toString() {
        return "Credential[" + certificate.getSubjectX500Principal() + "]";
    }
}
