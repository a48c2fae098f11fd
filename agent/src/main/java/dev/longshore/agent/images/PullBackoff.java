package dev.longshore.agent.images;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long an image is not pulled after a failure: 10 s, doubled up to 5 min (Kubernetes API, image pull back-off).
 * Kept
 * per image and shared by all pods of the node. Thread-safe.
 */
public final class PullBackoff {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int IMAGES_LIMIT = 1_000;

    private record Wait(Duration delay, Instant until) {}

    private final Map<String, Wait> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wait> eldest) {
            return size() > IMAGES_LIMIT;
        }
    };

    /** When the image may be pulled again; in the past when nothing holds it. */
    public synchronized Instant until(String image) {
        Wait entry = entries.get(image);
        return entry == null ? Instant.MIN : entry.until();
    }

    /** Counts a failure. */
    public synchronized Instant failed(String image, Instant now) {
        Wait before = entries.get(image);
        Duration twice = before == null ? FIRST : before.delay().multipliedBy(2);
        Duration delay = twice.compareTo(LIMIT) > 0 ? LIMIT : twice;
        entries.put(image, new Wait(delay, now.plus(delay)));
        return now.plus(delay);
    }

    public synchronized void succeeded(String image) {
        entries.remove(image);
    }
}
