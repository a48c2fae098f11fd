package dev.longshore.agent.images;

import dev.longshore.api.core.v1.Secret;
import dev.longshore.cri.v1.AuthConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which logins of image pull secrets are for an image (Kubernetes documentation, "Interpretation of config.json"): the
 * registry's parts and its port must be equal, where {@code *} stands for one part of a host name, and a path must be
 * the beginning of the image's.
 */
public final class PullLogins {
    private static final String DOCKER_HUB = "docker.io";
    private static final List<String> HUB_NAMES = List.of("index.docker.io", "registry-1.docker.io", DOCKER_HUB);

    private PullLogins() {
    }

    private record Place(String host, String path) {}

    private record Found(Place place, AuthConfig login) {}

    /**
     * The logins to try, the one with the longest path first, then as the secret lists them.
     *
     * @throws IOException when the secret cannot be read as logins; the message holds nothing of its data
     */
    public static List<AuthConfig> of(Secret secret, String image) throws IOException {
        Place wanted = image(image);
        List<Found> found = new ArrayList<>();
        for (Map.Entry<String, AuthConfig> entry : DockerConfig.read(secret).entrySet()) {
            Place place = registry(entry.getKey());
            if (matches(place, wanted)) {
                found.add(new Found(place, entry.getValue()));
            }
        }
        return found.stream().sorted(Comparator.comparing((Found item) -> -item.place().path().length()))
                .map(Found::login).toList();
    }

    /** A name without a registry is of Docker Hub. */
    private static Place image(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (!registry) {
            return new Place(DOCKER_HUB, "/" + (slash < 0 ? "library/" : "") + name);
        }
        return new Place(HUB_NAMES.contains(first) ? DOCKER_HUB : first, name.substring(slash));
    }

    private static Place registry(String key) {
        String rest = key.replaceFirst("^https?://", "");
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        // The versions of the registry's own API are no path of an image.
        String path = (slash < 0 ? "" : rest.substring(slash)).replaceFirst("^/v[12](/|$)", "/").replaceFirst("/$", "");
        return new Place(HUB_NAMES.contains(host) ? DOCKER_HUB : host, path);
    }

    private static boolean matches(Place pattern, Place image) {
        return hostMatches(pattern.host(), image.host()) && (pattern.path().isEmpty()
                || image.path().equals(pattern.path()) || image.path().startsWith(pattern.path() + "/")
                || image.path().startsWith(pattern.path() + ":") || image.path().startsWith(pattern.path() + "@"));
    }

    private static boolean hostMatches(String pattern, String host) {
        String[] wanted = pattern.split("[.]", -1);
        String[] parts = host.split("[.]", -1);
        if (wanted.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches(glob(wanted[i]))) {
                return false;
            }
        }
        return true;
    }

    private static String glob(String pattern) {
        return "\\Q" + pattern.replace("\\E", "").replace("*", "\\E[^:]*\\Q") + "\\E";
    }
}
