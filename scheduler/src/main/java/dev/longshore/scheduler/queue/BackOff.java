package dev.longshore.scheduler.queue;

import java.time.Duration;

/**
 * How long a pod that could not be placed waits at least: doubled by each failure (Kubernetes scheduler: from 1 s up to
 * 10 s).
 */
public record BackOff(Duration first, Duration longest) {
    public static final BackOff STANDARD = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    Duration after(int attempts) {
        Duration wait = first;
        for (int i = 1; i < attempts && wait.compareTo(longest) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
