package dev.longshore.scheduler.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Lines of a recording as JSON text, one object a line; {@link RecordingReader} reads them. */
final class LineWriter {
    /** The value of the header's first field. */
    static final String FORMAT = "longshore-scheduler";
    /** Of the format, {@link DecisionText} included; another version is another number. */
    static final int VERSION = 1;

    private final ByteArrayOutputStream out;

    LineWriter(ByteArrayOutputStream out) {
        this.out = out;
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private void line(Fields fields) throws IOException {
        try (JsonGenerator json = JsonCodec.generator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        out.write('\n');
    }

    /** The seed is text, since not every reader of JSON keeps 64 bits of a number. */
    void header(Header header) throws IOException {
        line(json -> {
            json.writeStringField("recording", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("seed", Long.toString(header.seed()));
            json.writeStringField("configuration", header.configuration());
        });
    }

    void cut(String reason) throws IOException {
        line(json -> json.writeStringField("cut", reason));
    }

    void settled(Instant at, Optional<Intent> decision) throws IOException {
        call("Settle", at, decision);
    }

    void stepped(Instant at, Optional<Intent> decision) throws IOException {
        call("Step", at, decision);
    }

    private void call(String input, Instant at, Optional<Intent> decision) throws IOException {
        line(json -> {
            begin(json, input, at);
            end(json, decision);
        });
    }

    void handled(Arrival arrival, Instant at, Optional<Intent> decision) throws IOException {
        line(json -> {
            event(json, arrival, at);
            end(json, decision);
        });
    }

    private static void event(JsonGenerator json, Arrival arrival, Instant at) throws IOException {
        begin(json, arrival.event().getClass().getSimpleName(), at);
        switch (arrival.event()) {
            case SchedulerEvent.NodeSeen _,SchedulerEvent.PodSeen _,SchedulerEvent.ObjectSeen _,SchedulerEvent.ObjectGone _ ->
                object(json, arrival.source());
            case SchedulerEvent.NodeGone(var name) -> json.writeStringField("name", name);
            case SchedulerEvent.PodGone(var uid) -> json.writeStringField("uid", uid);
            case SchedulerEvent.BindSucceeded(var uid) -> json.writeStringField("uid", uid);
            case SchedulerEvent.BindFailed(var uid, var cause) -> failure(json, uid, cause);
            case SchedulerEvent.VolumesWritten(var uid) -> json.writeStringField("uid", uid);
            case SchedulerEvent.VolumesFailed(var uid, var cause) -> failure(json, uid, cause);
            case SchedulerEvent.EvictionEnded(var uid, var evicted) -> {
                json.writeStringField("uid", uid);
                json.writeBooleanField("evicted", evicted);
            }
            case SchedulerEvent.LeadershipChanged(var leading) -> json.writeBooleanField("leading", leading);
        }
    }

    private static void failure(JsonGenerator json, String uid, String cause) throws IOException {
        json.writeStringField("uid", uid);
        json.writeStringField("cause", cause);
    }

    private static void object(JsonGenerator json, Message source) throws IOException {
        json.writeFieldName("object");
        JsonCodec.write(TypeMeta.of(source), Essentials.of(source), json);
    }

    private static void begin(JsonGenerator json, String input, Instant at) throws IOException {
        json.writeStringField("input", input);
        json.writeStringField("at", at.toString());
    }

    private static void end(JsonGenerator json, Optional<Intent> decision) throws IOException {
        if (decision.isPresent()) {
            json.writeStringField("decision", DecisionText.of(decision.get()));
        }
    }
}
