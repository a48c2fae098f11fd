package dev.longshore.agent.runtime;

import java.time.Instant;

/**
 * A container as the runtime reports it.
 *
 * @param podUid     from the label {@link Labels#POD_UID}
 * @param attempt    how many containers of this name the pod had before this one: its restart count
 * @param startedAt  {@link Instant#EPOCH} before the start and in lists; {@code finishedAt} likewise
 * @param reason     the runtime's word for the end, such as {@code Completed} or {@code OOMKilled}
 * @param imageId    the image's digest reference or id
 * @param logPath    the absolute path of the log file; "" in lists
 */
public record ContainerView(String id, String sandboxId, String podUid, String name, int attempt, State state,
        Instant createdAt, Instant startedAt, Instant finishedAt, int exitCode, String reason, String message,
        String image, String imageId, String logPath) {
    /** Where a container is in its life. */
    public enum State {
        CREATED, RUNNING, EXITED, UNKNOWN
    }

    public boolean running() {
        return state == State.RUNNING;
    }

    public boolean exited() {
        return state == State.EXITED;
    }

    /** The same container in another state, as a fake needs it. */
    public ContainerView started(Instant at) {
        return new ContainerView(id, sandboxId, podUid, name, attempt, State.RUNNING, createdAt, at, Instant.EPOCH, 0,
                "", "", image, imageId, logPath);
    }

    public ContainerView ended(Instant at, int code, String why) {
        return new ContainerView(id, sandboxId, podUid, name, attempt, State.EXITED, createdAt, startedAt, at, code,
                why, "", image, imageId, logPath);
    }
}
