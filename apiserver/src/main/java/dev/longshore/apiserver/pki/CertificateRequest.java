package dev.longshore.apiserver.pki;

import java.util.List;

/**
 * What a certificate is to say.
 *
 * @param commonName    the user name of a client (Kubernetes API, x509 authentication)
 * @param organizations the groups of a client
 * @param names         DNS names and IP addresses of a server, none for a client
 */
public record CertificateRequest(String commonName, List<String> organizations, List<String> names) {
    public CertificateRequest {
        organizations = List.copyOf(organizations);
        names = List.copyOf(names);
    }

    public static CertificateRequest client(String user, List<String> groups) {
        return new CertificateRequest(user, groups, List.of());
    }

    public static CertificateRequest server(String commonName, List<String> names) {
        return new CertificateRequest(commonName, List.of(), names);
    }

    boolean isServer() {
        return !names.isEmpty();
    }
}
