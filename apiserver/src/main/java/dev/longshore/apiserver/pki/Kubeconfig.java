package dev.longshore.apiserver.pki;

import java.util.Base64;

/** A kubeconfig with the credentials inside (client-go, clientcmd api v1). */
public final class Kubeconfig {
    private Kubeconfig() {
    }

    /**
     * The text of a kubeconfig with one cluster, one user and one context.
     *
     * @param name a plain word; names the cluster, the user and the context
     */
    public static String text(String name, String serverUrl, Credential credential) {
        return """
                apiVersion: v1
                kind: Config
                current-context: %1$s
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
                    certificate-authority-data: %3$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s
                users:
                - name: %1$s
                  user:
                    client-certificate-data: %4$s
                    client-key-data: %5$s
                """.formatted(name, serverUrl, base64(credential.authorityPem()), base64(credential.certificatePem()),
                base64(credential.keyPem()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
