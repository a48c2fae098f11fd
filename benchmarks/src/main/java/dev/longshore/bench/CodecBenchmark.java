package dev.longshore.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodList;
import dev.longshore.api.envelope.ProtobufEnvelope;
import dev.longshore.api.json.JsonCodec;
import java.util.List;
import java.util.stream.Stream;

/** Objects to and from bytes; the reference is protobuf's own encoding of the same object, unchecked and unwrapped. */
final class CodecBenchmark {
    private static final String UNIT = "objects/s";
    private static final int LIST_SIZE = 500;

    private final Stopwatch stopwatch;

    CodecBenchmark(Stopwatch stopwatch) {
        this.stopwatch = stopwatch;
    }

    List<Result> run() {
        Deployment deployment = Samples.deployment();
        PodList.Builder pods = PodList.newBuilder();
        for (int i = 0; i < LIST_SIZE; i++) {
            Pod pod = Samples.pod("pod-" + i);
            pods.addItems(pod);
        }
        return Stream.concat(of("Deployment", deployment, 1).stream(),
                of("PodList of " + LIST_SIZE, pods.build(), LIST_SIZE).stream()).toList();
    }

    /** @param objects how many there are in the message */
    private List<Result> of(String name, Message message, int objects) {
        byte[] json = JsonCodec.write(message);
        byte[] envelope = ProtobufEnvelope.encode(message);
        byte[] plain = message.toByteArray();
        Stopwatch.Work encodePlain = () -> nonEmpty(fresh(message).toByteArray(), objects);
        Stopwatch.Work decodePlain = () -> nonEmpty(parse(message, plain), objects);
        return List.of(
                stopwatch.compare(name + ", write JSON", UNIT, () -> nonEmpty(JsonCodec.write(message), objects),
                        encodePlain),
                stopwatch.compare(name + ", read JSON", UNIT,
                        () -> nonEmpty(JsonCodec.read(json, message.getDefaultInstanceForType()).object(), objects),
                        decodePlain),
                stopwatch.compare(name + ", write protobuf", UNIT,
                        () -> nonEmpty(ProtobufEnvelope.encode(fresh(message)), objects), encodePlain),
                stopwatch.compare(name + ", read protobuf", UNIT,
                        () -> nonEmpty(ProtobufEnvelope.decode(envelope, message.getDefaultInstanceForType()), objects),
                        decodePlain));
    }

    /** The top of a message remembers its size once it was written; a copy does not. */
    private static Message fresh(Message message) {
        return message.toBuilder().build();
    }

    private static Message parse(Message prototype, byte[] bytes) {
        try {
            return prototype.getParserForType().parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int nonEmpty(byte[] bytes, int objects) {
        return bytes.length == 0 ? 0 : objects;
    }

    private static int nonEmpty(Message message, int objects) {
        return message.isInitialized() ? objects : 0;
    }
}
