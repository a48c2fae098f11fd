package dev.longshore.scheduler.recording;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.json.Decoded;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.ObservedKind;
import dev.longshore.scheduler.state.PodInfo;

/** Makes events of the fields that {@link LineWriter} gives them. */
final class EventReader {
    private EventReader() {
    }

    static SchedulerEvent read(String input, FieldReader fields) {
        return switch (input) {
            case "NodeSeen" -> new SchedulerEvent.NodeSeen(NodeFacts.of(object(fields, ResourceTypes.NODES)));
            case "NodeGone" -> new SchedulerEvent.NodeGone(fields.text("name"));
            case "PodSeen" -> new SchedulerEvent.PodSeen(PodInfo.of(object(fields, ResourceTypes.PODS)));
            case "PodGone" -> new SchedulerEvent.PodGone(fields.text("uid"));
            case "ObjectSeen" -> new SchedulerEvent.ObjectSeen(facts(fields));
            case "ObjectGone" -> new SchedulerEvent.ObjectGone(facts(fields));
            case "BindSucceeded" -> new SchedulerEvent.BindSucceeded(fields.text("uid"));
            case "BindFailed" -> new SchedulerEvent.BindFailed(fields.text("uid"), fields.text("cause"));
            case "VolumesWritten" -> new SchedulerEvent.VolumesWritten(fields.text("uid"));
            case "VolumesFailed" -> new SchedulerEvent.VolumesFailed(fields.text("uid"), fields.text("cause"));
            case "EvictionEnded" -> new SchedulerEvent.EvictionEnded(fields.text("uid"), fields.truth("evicted"));
            case "LeadershipChanged" -> new SchedulerEvent.LeadershipChanged(fields.truth("leading"));
            default -> throw fields.broken("has the unknown input \"" + input + "\"");
        };
    }

    private static ClusterObject facts(FieldReader fields) {
        byte[] text = fields.object();
        TypeMeta type = type(text, fields);
        return ObservedKind.ALL.stream().filter(kind -> TypeMeta.of(kind.type()).equals(type)).findFirst()
                .map(kind -> facts(kind, text, fields)).orElseThrow(() -> fields.broken("has an object of kind \""
                        + type.kind() + "\" (" + type.apiVersion() + "), which is none that the scheduler follows"));
    }

    private static <T extends Message> ClusterObject facts(ObservedKind<T> kind, byte[] text, FieldReader fields) {
        return kind.facts().apply(decode(kind.type(), text, fields));
    }

    private static <T extends Message> T object(FieldReader fields, ResourceType<T> type) {
        byte[] text = fields.object();
        if (!type(text, fields).equals(TypeMeta.of(type))) {
            throw fields.broken("has an object of kind \"" + type(text, fields).kind() + "\", not " + type.kind());
        }
        return decode(type, text, fields);
    }

    private static TypeMeta type(byte[] text, FieldReader fields) {
        try {
            return JsonCodec.peek(text);
        } catch (DecodeException e) {
            throw fields.broken("has a broken object: " + e.getMessage());
        }
    }

    private static <T extends Message> T decode(ResourceType<T> type, byte[] text, FieldReader fields) {
        try {
            Decoded<T> decoded = JsonCodec.read(text, type.prototype());
            if (!decoded.problems().isEmpty()) {
                throw fields.broken("has a broken object: " + decoded.problems().getFirst());
            }
            return decoded.object();
        } catch (DecodeException e) {
            throw fields.broken("has a broken object: " + e.getMessage());
        }
    }
}
