package dev.longshore.agent.runtime;

import java.util.List;

/**
 * An image on this machine.
 *
 * @param id      the digest of its configuration
 * @param user    the numeric user it runs as, -1 when it names a user by word or none
 * @param username the user's name where the image names one, else ""
 */
public record ImageView(String id, List<String> tags, List<String> digests, long sizeBytes, long user,
        String username) {
    public ImageView {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }
}
