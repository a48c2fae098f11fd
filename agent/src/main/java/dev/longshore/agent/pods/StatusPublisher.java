package dev.longshore.agent.pods;

import dev.longshore.api.ApiException;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.common.loop.EventLoop;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes one pod's status, one write at a time; what changes meanwhile goes into the next. All methods run on the loop
 * of the worker.
 */
final class StatusPublisher {
    private static final System.Logger LOG = System.getLogger(StatusPublisher.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Whose status it is. Called on the loop. */
    interface Subject {
        PodSnapshot snapshot();

        /** Whether there is something to say at all. */
        boolean reports();

        /** The object as it is stored after a write. */
        void stored(Pod newer);

        /** A write failed some time ago: decide and publish anew. */
        void advance();
    }

    private final PodOperations.Tools tools;
    private final EventLoop loop;
    private final Subject subject;
    private boolean writing;
    private boolean writeAgain;

    StatusPublisher(PodOperations.Tools tools, EventLoop loop, Subject subject) {
        this.tools = tools;
        this.loop = loop;
        this.subject = subject;
    }

    void publish() {
        if (!subject.reports()) {
            return;
        }
        if (writing) {
            writeAgain = true;
            return;
        }
        PodSnapshot now = subject.snapshot();
        PodStatus status = PodStatusBuilder.build(now, tools.node());
        if (status.equals(now.pod().getStatus())) {
            return;
        }
        writing = true;
        tools.environment().tasks().execute(() -> {
            Optional<Pod> stored = write(now.pod(), status);
            loop.post(() -> written(stored));
        });
    }

    private Optional<Pod> write(Pod from, PodStatus status) {
        try {
            return tools.statuses().write(from, status);
        } catch (ApiException e) {
            LOG.log(System.Logger.Level.WARNING, "pod=" + from.getMetadata().getNamespace() + "/"
                    + from.getMetadata().getName() + " status not written: " + e.getMessage());
            loop.postAfter(RETRY, subject::advance);
            return Optional.empty();
        }
    }

    private void written(Optional<Pod> stored) {
        writing = false;
        stored.ifPresent(subject::stored);
        if (writeAgain) {
            writeAgain = false;
            publish();
        }
    }
}
