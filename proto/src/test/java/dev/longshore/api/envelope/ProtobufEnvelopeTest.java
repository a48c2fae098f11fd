package dev.longshore.api.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.apiextensions.v1.JSONSchemaProps;
import dev.longshore.api.apps.v1.ControllerRevision;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.runtime.RawExtension;
import dev.longshore.api.runtime.Unknown;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ProtobufEnvelopeTest {
    private static final ConfigMap OBJECT = ConfigMap.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("a"))
            .putData("k", "v").build();

    /** The layout that a Kubernetes API server writes, byte for byte. */
    @Test
    void theEnvelopeIsFourBytesAndAnUnknown() throws Exception {
        Unknown unknown = Unknown.newBuilder().setTypeMeta(dev.longshore.api.runtime.TypeMeta.newBuilder()
                .setApiVersion("v1").setKind("ConfigMap")).setRaw(OBJECT.toByteString()).build();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write("k8s\0".getBytes(StandardCharsets.US_ASCII));
        expected.write(unknown.toByteArray());
        assertThat(ProtobufEnvelope.encode(OBJECT)).isEqualTo(expected.toByteArray());
        ProtobufEnvelope.Opened opened = ProtobufEnvelope.open(expected.toByteArray());
        assertThat(opened.type()).isEqualTo(new TypeMeta("v1", "ConfigMap"));
        assertThat(opened.decode(ConfigMap.getDefaultInstance())).isEqualTo(OBJECT);
    }

    @Test
    void anEnvelopeMayCarryATypeOfTheCallersChoice() {
        byte[] bytes = ProtobufEnvelope.encode(new TypeMeta("x/v2", "Y"), OBJECT);
        assertThat(ProtobufEnvelope.open(bytes).type()).isEqualTo(new TypeMeta("x/v2", "Y"));
    }

    @Test
    void garbageIsABadRequest() {
        byte[] bytes = ProtobufEnvelope.encode(OBJECT);
        for (byte[] garbage : new byte[][]{{}, "k8s".getBytes(StandardCharsets.US_ASCII),
                "{}".getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOf(bytes, bytes.length - 1), "k8s\0\u0012".getBytes(StandardCharsets.US_ASCII)}) {
            refused(() -> ProtobufEnvelope.decode(garbage, ConfigMap.getDefaultInstance()));
        }
        byte[] wrongContent = "k8s\0\u0012\u0002\n\u0005".getBytes(StandardCharsets.US_ASCII);
        refused(() -> ProtobufEnvelope.decode(wrongContent, ConfigMap.getDefaultInstance()));
    }

    @Test
    void whatJsonMayNestTheEnvelopeMayToo() {
        int levels = JsonCodec.MAX_DEPTH - 1;
        byte[] json = ("{\"items\":".repeat(levels) + "{\"type\":\"string\"}" + "}".repeat(levels))
                .getBytes(StandardCharsets.UTF_8);
        JSONSchemaProps deep = JsonCodec.read(json, JSONSchemaProps.getDefaultInstance()).object();
        byte[] bytes = ProtobufEnvelope.encode(deep);
        assertThat(ProtobufEnvelope.decode(bytes, JSONSchemaProps.getDefaultInstance())).isEqualTo(deep);
    }

    @Test
    void rawContentThatIsNoJsonIsRefused() {
        for (String raw : new String[]{"x", "{", "{}{}", "[1,]", " "}) {
            ControllerRevision revision = ControllerRevision.newBuilder()
                    .setData(RawExtension.newBuilder().setRaw(ByteString.copyFromUtf8(raw))).build();
            refused(() -> ProtobufEnvelope.decode(ProtobufEnvelope.encode(revision), revision));
        }
        ControllerRevision fine = ControllerRevision.newBuilder()
                .setData(RawExtension.newBuilder().setRaw(ByteString.copyFromUtf8("{\"a\":[1]}"))).build();
        assertThat(ProtobufEnvelope.decode(ProtobufEnvelope.encode(fine), fine)).isEqualTo(fine);
    }

    @Test
    void compressedContentIsRefused() {
        byte[] unknown = Unknown.newBuilder().setContentEncoding("gzip").setRaw(ByteString.EMPTY).build().toByteArray();
        byte[] bytes = new byte[unknown.length + 4];
        System.arraycopy("k8s\0".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
        System.arraycopy(unknown, 0, bytes, 4, unknown.length);
        refused(() -> ProtobufEnvelope.open(bytes));
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST));
    }
}
