package dev.longshore.apiserver.auth;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Users by client certificate: the common name is the user, each organization a group (Kubernetes API, x509
 * authentication). The TLS layer has checked that the cluster's authority signed it and that the client owns its key.
 */
public final class CertificateAuthenticator {
    public static final String AUTHENTICATED = "system:authenticated";
    public static final User ANONYMOUS = new User("system:anonymous", "", List.of("system:unauthenticated"));

    private CertificateAuthenticator() {
    }

    /** Empty when the certificate names no user. */
    public static Optional<User> user(X509Certificate certificate) {
        try {
            String name = "";
            List<String> groups = new ArrayList<>();
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    name = String.valueOf(rdn.getValue());
                } else if (rdn.getType().equalsIgnoreCase("O")) {
                    groups.add(String.valueOf(rdn.getValue()));
                }
            }
            groups.add(AUTHENTICATED);
            return name.isEmpty() ? Optional.empty() : Optional.of(new User(name, "", groups));
        } catch (InvalidNameException _) {
            return Optional.empty();
        }
    }
}
