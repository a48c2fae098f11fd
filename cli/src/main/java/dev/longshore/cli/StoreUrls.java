package dev.longshore.cli;

import dev.longshore.apiserver.store.EtcdConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an etcd that runs elsewhere is reached. */
final class StoreUrls {
    private StoreUrls() {
    }

    /**
     * Reads comma-separated URLs; https ones use {@code etcd-client.crt} and {@code .key} of {@code pki}.
     *
     * @throws CommandFailure when one is no URL, or a certificate is missing
     */
    static EtcdConfig parse(String urls, Path pki) {
        List<URI> endpoints = Stream.of(urls.split(",")).map(StoreUrls::url).toList();
        boolean secure = endpoints.getFirst().getScheme().equals("https");
        if (endpoints.stream().anyMatch(url -> url.getScheme().equals("https") != secure)) {
            throw new CommandFailure("--store " + urls + " mixes http and https");
        }
        return new EtcdConfig(endpoints, "", secure ? Optional.of(tls(pki)) : Optional.empty());
    }

    private static URI url(String text) {
        if (!text.matches("https?://[^/,@]+:[0-9]{1,5}/?")) {
            throw new CommandFailure("--store: '" + text + "' is no URL of an etcd, such as https://10.0.0.1:2379");
        }
        return URI.create(text);
    }

    private static EtcdConfig.Tls tls(Path pki) {
        EtcdConfig.Tls tls = new EtcdConfig.Tls(pki.resolve("ca.crt"), pki.resolve("etcd-client.crt"),
                pki.resolve("etcd-client.key"));
        for (Path file : List.of(tls.ca(), tls.certificate(), tls.key())) {
            if (!Files.isReadable(file)) {
                throw new CommandFailure("the certificate for etcd is missing: " + file);
            }
        }
        return tls;
    }
}
