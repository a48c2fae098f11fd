package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ResourceType;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.cache.CacheEvent;
import dev.longshore.apiserver.cache.Cached;
import dev.longshore.apiserver.registry.ObjectWatcher;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * The events of one watch between the registry, which puts them in, and the request's task, which writes them out.
 * Holds no more than was requested, plus the end. Encoding happens on the taker's thread.
 */
final class WatchEvents<T extends Message> implements ObjectWatcher<T> {
    /** Events under way at most. */
    static final int WINDOW = 64;

    private final ResourceType<T> type;
    private final AnswerForm form;
    private final AnswerWriter answers;
    private final String include;
    private final BlockingQueue<Next> queue = new LinkedBlockingQueue<>();
    private volatile boolean stopped;

    /** What the taker gets. */
    sealed interface Next {
        record Line(Supplier<byte[]> bytes) implements Next {}

        record End() implements Next {}
    }

    WatchEvents(ResourceType<T> type, AnswerForm form, AnswerWriter answers, String include) {
        this.type = type;
        this.form = form;
        this.answers = answers;
        this.include = include;
    }

    /** Waits for the next line to write, or the end. */
    Next take() throws InterruptedException {
        return stopped ? new Next.End() : queue.take();
    }

    /** No more lines: the time is over, or the client has gone. */
    void stop() {
        stopped = true;
        queue.add(new Next.End());
    }

    @Override
    public void onEvent(CacheEvent.Type event, Cached<T> object) {
        queue.add(new Next.Line(() -> line(event.name(), encoded(object))));
    }

    /** Every watcher with the same view gets the same bytes; the type of event may differ between watchers. */
    private byte[] encoded(Cached<T> object) {
        String key = "json " + form.view() + ' ' + form.version() + ' ' + include;
        return object.encoded(key, value -> answers.watched(form, type, value, include));
    }

    @Override
    public void onBookmark(String resourceVersion) {
        queue.add(new Next.Line(() -> bookmark(ObjectMeta.newBuilder().setResourceVersion(resourceVersion).build())));
    }

    private byte[] bookmark(ObjectMeta meta) {
        return line("BOOKMARK", answers.watched(form, type, type.withMeta(type.prototype(), meta), include));
    }

    @Override
    public void onInitialEventsEnd(String resourceVersion) {
        ObjectMeta meta = ObjectMeta.newBuilder().setResourceVersion(resourceVersion)
                .putAnnotations("k8s.io/initial-events-end", "true").build();
        queue.add(new Next.Line(() -> bookmark(meta)));
    }

    @Override
    public void onEnd(ApiException cause) {
        queue.add(new Next.Line(() -> line("ERROR", JsonCodec.write(cause.status()))));
        queue.add(new Next.End());
    }

    private static byte[] line(String event, byte[] object) {
        byte[] head = ("{\"type\":\"" + event + "\",\"object\":").getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[head.length + object.length + 2];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(object, 0, line, head.length, object.length);
        line[line.length - 2] = '}';
        line[line.length - 1] = '\n';
        return line;
    }
}
