package dev.longshore.apiserver.pki;

import dev.longshore.common.time.Clock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The certificates of one cluster in a directory: made when missing, renewed when they would soon expire, left alone
 * otherwise. The authority's certificate is never renewed here, because every client holds it.
 */
public final class ClusterCertificates {
    /** A certificate that expires within this time is replaced when it is asked for. */
    static final Duration RENEW_BEFORE = Duration.ofDays(120);
    /** Group whose members may do everything (Kubernetes API, default bindings). */
    public static final String MASTERS = "system:masters";
    /** Group of all nodes. */
    public static final String NODES = "system:nodes";
    /** What a node's user name begins with. */
    public static final String NODE_PREFIX = "system:node:";

    private static final System.Logger LOG = System.getLogger(ClusterCertificates.class.getName());
    private static final String AUTHORITY = "ca";

    private final CertificateFiles files;
    private final CertificateAuthority authority;
    private final Credential server;
    private final Clock clock;

    private ClusterCertificates(CertificateFiles files, CertificateAuthority authority, Clock clock,
            List<String> serverNames) throws IOException, GeneralSecurityException {
        this.files = files;
        this.authority = authority;
        this.clock = clock;
        this.server = credential("apiserver", CertificateRequest.server("kube-apiserver", serverNames));
    }

    /**
     * Loads the certificates of {@code directory}, making those that are missing.
     *
     * @param serverNames DNS names and IP addresses under which the API server is reached; a server certificate that
     *                    lacks one is replaced
     */
    public static ClusterCertificates ensure(Path directory, List<String> serverNames, Clock clock)
            throws IOException, GeneralSecurityException {
        CertificateFiles files = new CertificateFiles(directory);
        files.prepare();
        return new ClusterCertificates(files, authority(files, clock), clock, serverNames);
    }

    /** A certificate that was made elsewhere: {@code NAME.crt}, {@code NAME.key} and {@code ca.crt} of a directory. */
    public static Credential load(Path directory, String name) throws IOException, GeneralSecurityException {
        CertificateFiles files = new CertificateFiles(directory);
        return new Credential(files.certificate(name), files.key(name), files.certificate(AUTHORITY));
    }

    private static CertificateAuthority authority(CertificateFiles files, Clock clock)
            throws IOException, GeneralSecurityException {
        if (files.exists(AUTHORITY)) {
            return new CertificateAuthority(files.certificate(AUTHORITY), files.key(AUTHORITY), clock);
        }
        CertificateAuthority created = CertificateAuthority.create("longshore", clock);
        files.write(AUTHORITY, created.certificate(), created.key());
        return created;
    }

    public X509Certificate authority() {
        return authority.certificate();
    }

    /** What the API server shows on its HTTP and gRPC ports. */
    public Credential server() {
        return server;
    }

    /** The administrator: may do everything. */
    public Credential admin() throws IOException, GeneralSecurityException {
        return credential("admin", CertificateRequest.client("longshore-admin", List.of(MASTERS)));
    }

    public Credential scheduler() throws IOException, GeneralSecurityException {
        return component("scheduler", "system:kube-scheduler");
    }

    public Credential controllerManager() throws IOException, GeneralSecurityException {
        return component("controller-manager", "system:kube-controller-manager");
    }

    /** The agent of one node. */
    public Credential node(String node) throws IOException, GeneralSecurityException {
        return credential("node-" + node, CertificateRequest.client(NODE_PREFIX + node, List.of(NODES)));
    }

    /**
     * What an etcd of the cluster shows its clients.
     *
     * @param names DNS names and addresses under which the API servers reach it
     */
    public Credential etcdServer(List<String> names) throws IOException, GeneralSecurityException {
        return credential("etcd-server", CertificateRequest.server("etcd", names));
    }

    /** What an API server shows etcd. */
    public Credential etcdClient() throws IOException, GeneralSecurityException {
        return credential("etcd-client", CertificateRequest.client("longshore-apiserver", List.of()));
    }

    /** Writes a kubeconfig with embedded credentials, readable by its owner only. */
    public void writeKubeconfig(Path path, String serverUrl, Credential credential) throws IOException {
        files.writeSecret(path, Kubeconfig.text("longshore", serverUrl, credential));
    }

    private Credential component(String file, String user) throws IOException, GeneralSecurityException {
        return credential(file, CertificateRequest.client(user, List.of()));
    }

    private Credential credential(String file, CertificateRequest request)
            throws IOException, GeneralSecurityException {
        if (files.exists(file)) {
            X509Certificate present = files.certificate(file);
            if (serves(present, request)) {
                return new Credential(present, files.key(file), authority.certificate());
            }
        }
        Credential issued = authority.issue(request);
        files.write(file, issued.certificate(), issued.key());
        LOG.log(Level.INFO, "certificate=" + file + " issued until=" + issued.certificate().getNotAfter().toInstant());
        return issued;
    }

    private boolean serves(X509Certificate present, CertificateRequest request) throws GeneralSecurityException {
        Instant renewFrom = present.getNotAfter().toInstant().minus(RENEW_BEFORE);
        boolean ours = present.getIssuerX500Principal().equals(authority.certificate().getSubjectX500Principal());
        return ours && clock.now().isBefore(renewFrom) && names(present).containsAll(
                request.names().stream().map(ClusterCertificates::normal).toList());
    }

    /** Addresses have many spellings. */
    private static String normal(String name) {
        return CertificateAuthority.isAddress(name) ? InetAddress.ofLiteral(name).getHostAddress() : name;
    }

    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? Set.of()
                : names.stream().map(name -> normal(String.valueOf(name.get(1))))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
