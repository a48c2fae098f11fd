package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.envelope.ProtobufEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again as the same, for every kind. */
class RoundTripTest {
    private static final int SEEDS = 3;

    static Stream<String> kinds() {
        return EveryKind.prototypes().map(message -> message.getDescriptorForType().getFullName());
    }

    static Message prototype(String name) {
        return EveryKind.prototypes().filter(message -> message.getDescriptorForType().getFullName().equals(name))
                .findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void jsonKeepsEveryField(String kind) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Message message = new RandomMessages(seed).next(prototype(kind));
            byte[] text = JsonCodec.write(message);
            Decoded<Message> again = JsonCodec.read(text, prototype(kind));
            assertThat(again.object()).as("seed %d: %s", seed, new String(text, StandardCharsets.UTF_8))
                    .isEqualTo(message);
            assertThat(again.problems()).isEmpty();
            assertThat(again.type()).isEqualTo(TypeMeta.of(message));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void yamlKeepsEveryField(String kind) {
        Message message = new RandomMessages(1).next(prototype(kind));
        byte[] text = YamlCodec.write(message);
        assertThat(YamlCodec.read(text, prototype(kind)).object())
                .as("seed 1: %s", new String(text, StandardCharsets.UTF_8)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theEnvelopeKeepsEveryField(String kind) {
        Message message = new RandomMessages(2).next(prototype(kind));
        ProtobufEnvelope.Opened opened = ProtobufEnvelope.open(ProtobufEnvelope.encode(message));
        assertThat(opened.type()).isEqualTo(TypeMeta.of(message));
        assertThat(opened.decode(prototype(kind))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anEmptyObjectIsReadAsEmpty(String kind) {
        byte[] text = JsonCodec.write(prototype(kind));
        assertThat(JsonCodec.read(text, prototype(kind)).object()).as(new String(text, StandardCharsets.UTF_8))
                .isEqualTo(prototype(kind));
    }
}
