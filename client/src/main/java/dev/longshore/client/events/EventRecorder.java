package dev.longshore.client.events;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.EventSource;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.json.Canonical;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.ApiClient;
import dev.longshore.client.CreateOutcome;
import dev.longshore.common.time.Environment;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

/**
 * Writes core/v1 Events. {@link #record} only queues; one task at a time sends, what waits together. A repeated event raises the count of
 * the one that exists instead of making another. When the queue is full, or the API server does not take an event, it
 * is dropped and counted: events are for people and never worth waiting for.
 */
public final class EventRecorder {
    /** How many events may wait to be sent. */
    static final int QUEUE_LIMIT = 1_000;
    /** How many events may be sent together: as many as etcd writes in one transaction. */
    static final int BATCH_LIMIT = 128;
    /** How many distinct events are remembered for counting (client-go's recorder keeps as many). */
    static final int MEMORY_LIMIT = 4_096;
    /** An event's message may have so many characters (Kubernetes API, core/v1 Event). */
    static final int MESSAGE_LIMIT = 1_024;

    private static final System.Logger LOG = System.getLogger(EventRecorder.class.getName());
    private static final ObjectReference NOTHING = ObjectReference.getDefaultInstance();
    private static final String DEFAULT_NAMESPACE = "default";

    private final ApiClient client;
    private final Environment environment;
    private final EventSource source;
    private final Queue<Occurrence> queue = new ArrayDeque<>();
    private final Map<Subject, Sent> memory = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Sent> eldest) {
            return size() > MEMORY_LIMIT;
        }
    };
    private boolean sending;
    private long dropped;

    /** What makes two events the same one. */
    private record Subject(ObjectReference regarding, ObjectReference related, String type, String reason,
            String action, String message) {}

    private record Occurrence(Subject subject, Instant at) {}

    /** The event as it is stored. */
    private record Sent(Event event) {}

    /**
     * @param component who reports: {@code scheduler}
     * @param host      the node it runs on; "" when that says nothing
     */
    public EventRecorder(ApiClient client, Environment environment, String component, String host) {
        this.client = client;
        this.environment = environment;
        this.source = Canonical.normalise(EventSource.newBuilder().setComponent(component).setHost(host).build());
    }

    /** As {@link #record(ObjectReference, String, String, String, String)}, without an action. */
    public void record(Message regarding, String type, String reason, String message) {
        record(reference(regarding), type, reason, "", message);
    }

    /** As {@link #record(ObjectReference, String, String, String, String)}. */
    public void record(Message regarding, String type, String reason, String action, String message) {
        record(reference(regarding), type, reason, action, message);
    }

    /** As {@link #record(ObjectReference, ObjectReference, String, String, String, String)}, with nothing else in it. */
    public void record(ObjectReference regarding, String type, String reason, String action, String message) {
        record(regarding, NOTHING, type, reason, action, message);
    }

    /**
     * Queues an event.
     *
     * @param related another object that has to do with it
     * @param type    {@code Normal} or {@code Warning}
     * @param reason  one word in upper camel case
     * @param action  what was done or tried; "" if there is nothing to say
     * @param message for people; cut at {@value #MESSAGE_LIMIT} characters
     */
    public void record(ObjectReference regarding, ObjectReference related, String type, String reason, String action,
            String message) {
        String text = message.length() > MESSAGE_LIMIT ? message.substring(0, MESSAGE_LIMIT) : message;
        Subject subject = new Subject(regarding, related, type, reason, action, text);
        if (enqueue(new Occurrence(subject, environment.clock().now()))) {
            startSending();
        }
    }

    /** How many events were not sent; for metrics. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Names an object the way events do. */
    public static ObjectReference reference(Message object) {
        ResourceType<?> type = ResourceTypes.of(object).orElseThrow(
                () -> new IllegalArgumentException(object.getDescriptorForType().getFullName() + " is no kind"));
        return reference(type, object);
    }

    private static <T extends Message> ObjectReference reference(ResourceType<T> type, Message object) {
        ObjectMeta meta = type.meta(type.cast(object));
        ObjectReference.Builder reference = ObjectReference.newBuilder().setKind(type.kind())
                .setApiVersion(type.apiVersion()).setName(meta.getName()).setUid(meta.getUid());
        if (!meta.getNamespace().isEmpty()) {
            reference.setNamespace(meta.getNamespace());
        }
        return reference.build();
    }

    /** Whether a task has to be started for it. */
    private synchronized boolean enqueue(Occurrence occurrence) {
        if (queue.size() >= QUEUE_LIMIT) {
            dropped++;
            return false;
        }
        queue.add(occurrence);
        boolean start = !sending;
        sending = true;
        return start;
    }

    private void startSending() {
        try {
            environment.tasks().execute(this::sendAll);
        } catch (RejectedExecutionException _) {
            // The process is ending.
            countDropped();
        }
    }

    private void sendAll() {
        for (List<Occurrence> next = take(); !next.isEmpty(); next = take()) {
            send(next);
        }
    }

    /** What is sent next, together; empty when the task is over. */
    private synchronized List<Occurrence> take() {
        List<Occurrence> next = new ArrayList<>();
        while (next.size() < BATCH_LIMIT && !queue.isEmpty()) {
            next.add(queue.remove());
        }
        sending = !next.isEmpty();
        return next;
    }

    private void send(List<Occurrence> occurrences) {
        Map<Subject, Occurrence> fresh = new LinkedHashMap<>();
        for (Occurrence occurrence : occurrences) {
            if (fresh.containsKey(occurrence.subject())) {
                create(fresh.values());
                fresh.clear();
            }
            Sent before = memory.get(occurrence.subject());
            if (before == null) {
                fresh.put(occurrence.subject(), occurrence);
            } else {
                repeat(occurrence, before);
            }
        }
        create(fresh.values());
    }

    private void create(Collection<Occurrence> occurrences) {
        Map<String, List<Occurrence>> byNamespace = new LinkedHashMap<>();
        occurrences.forEach(each -> byNamespace.computeIfAbsent(namespace(each), _ -> new ArrayList<>()).add(each));
        byNamespace.values().forEach(some -> guarded(some, () -> {
            List<CreateOutcome<Event>> outcomes = client.createEach(ResourceTypes.EVENTS,
                    some.stream().map(this::event).toList());
            for (int i = 0; i < outcomes.size(); i++) {
                switch (outcomes.get(i)) {
                    case CreateOutcome.Created<Event>(Event event) ->
                        memory.put(some.get(i).subject(), new Sent(event));
                    case CreateOutcome.Refused<Event>(ApiException cause) -> refused(some.get(i), cause);
                }
            }
        }));
    }

    private void repeat(Occurrence occurrence, Sent before) {
        guarded(List.of(occurrence), () -> {
            try {
                Event repeated = client.update(ResourceTypes.EVENTS,
                        EventForm.repeated(before.event(), occurrence.at()));
                memory.put(occurrence.subject(), new Sent(repeated));
            } catch (ApiException e) {
                if (e.is(Reason.NOT_FOUND) || e.is(Reason.CONFLICT)) {
                    // The controller manager removes old events, and whoever else changed this one may keep it.
                    create(List.of(occurrence));
                } else {
                    refused(occurrence, e);
                }
            }
        });
    }

    /** An event that breaks the sender must not keep those behind it from being sent. */
    private void guarded(List<Occurrence> occurrences, Runnable sender) {
        try {
            sender.run();
        } catch (RuntimeException e) {
            occurrences.forEach(_ -> countDropped());
            LOG.log(Level.WARNING, "events dropped reason=" + occurrences.getFirst().subject().reason(), e);
        }
    }

    private void refused(Occurrence occurrence, ApiException cause) {
        countDropped();
        LOG.log(Level.DEBUG, () -> "event dropped reason=" + occurrence.subject().reason() + " cause="
                + cause.reason().text());
    }

    private synchronized void countDropped() {
        dropped++;
    }

    /** In canonical form, so that the API server need not bring it there: what is empty is not set. */
    private Event event(Occurrence occurrence) {
        Event.Builder event = EventForm.event(occurrence.subject().regarding(), occurrence.at(), source).toBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name(occurrence)).setNamespace(namespace(occurrence)))
                .setType(occurrence.subject().type()).setReason(occurrence.subject().reason())
                .setMessage(occurrence.subject().message());
        if (!occurrence.subject().action().isEmpty()) {
            event.setAction(occurrence.subject().action());
        }
        if (!occurrence.subject().related().equals(NOTHING)) {
            event.setRelated(occurrence.subject().related());
        }
        return event.build();
    }

    private String name(Occurrence occurrence) {
        String random = environment.randomness().uuid().replace("-", "").substring(0, 16);
        return occurrence.subject().regarding().getName() + "." + random;
    }

    private static String namespace(Occurrence occurrence) {
        String namespace = occurrence.subject().regarding().getNamespace();
        return namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace;
    }
}
