package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.apiextensions.v1.JSONSchemaProps;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.core.v1.EmptyDirVolumeSource;
import dev.longshore.api.core.v1.HTTPGetAction;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Probe;
import dev.longshore.api.core.v1.ProbeHandler;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.core.v1.VolumeSource;
import dev.longshore.api.intstr.IntOrString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is the message that the text says, in canonical form, although it goes by the encoding. */
class MessageReaderTest {
    private static <T extends Message> Decoded<T> read(String text, T prototype) {
        return JsonCodec.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), prototype);
    }

    @Test
    void theLastOfDuplicatesReplacesTheOthersAndMergesWithNone() {
        Decoded<Container> decoded = read("{'image':'a','ports':[{'hostPort':1},{'hostPort':2}],"
                + "'securityContext':{'privileged':true},'name':'n','image':'','command':['x'],"
                + "'securityContext':{'runAsUser':0},'ports':[{'hostPort':3}],'command':null,'image':'b','name':null}",
                Container.getDefaultInstance());
        assertThat(decoded.problems()).containsExactly("duplicate field \"image\"",
                "duplicate field \"securityContext\"", "duplicate field \"ports\"", "duplicate field \"command\"",
                "duplicate field \"image\"", "duplicate field \"name\"");
        Container.Builder expected = Container.newBuilder().setImage("b")
                .addPorts(ContainerPort.newBuilder().setHostPort(3));
        expected.getSecurityContextBuilder().setRunAsUser(0);
        assertThat(decoded.object()).isEqualTo(expected.build());
    }

    @Test
    void fieldsOfInlinedMessagesMayStandAmongTheOthersAndTwice() {
        Decoded<Probe> probe = read("{'periodSeconds':0,'exec':{'command':['a']},'timeoutSeconds':3,"
                + "'httpGet':{'port':80},'exec':null,'grpc':null}", Probe.getDefaultInstance());
        assertThat(probe.problems()).containsExactly("duplicate field \"exec\"");
        assertThat(probe.object()).isEqualTo(Probe.newBuilder().setTimeoutSeconds(3)
                .setHandler(ProbeHandler.newBuilder().setHttpGet(
                        HTTPGetAction.newBuilder().setPort(IntOrString.newBuilder().setIntVal(80))))
                .build());
        Decoded<Volume> volume = read("{'emptyDir':{'medium':'x'},'name':'v','emptyDir':{}}",
                Volume.getDefaultInstance());
        assertThat(volume.object()).isEqualTo(Volume.newBuilder().setName("v")
                .setVolumeSource(VolumeSource.newBuilder().setEmptyDir(EmptyDirVolumeSource.getDefaultInstance()))
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'metadata':{},'spec':{'containers':[null,{'name':'','stdin':false,'resources':{}}]}}",
            "{'metadata':{'creationTimestamp':'1970-01-01T00:00:00Z','labels':{},'annotations':{'a':null}}}",
            "{'spec':{'containers':[{'resources':{'limits':{'cpu':null,'memory':'1024Mi','x':'0','y':0}}}]}}",
            "{'spec':{'volumes':[{'configMap':{'name':''}},{'emptyDir':{'sizeLimit':'0'}}],'nodeSelector':null}}",
            "{'spec':{'containers':[{'livenessProbe':{'httpGet':{'port':''}},'readinessProbe':{'exec':{}}}]}}",
            "{'spec':{'containers':[{'livenessProbe':{'httpGet':{'port':0,'port':0}},'lifecycle':{}}],'hostIPC':null}}",
            "{'metadata':{'managedFields':[{'fieldsV1':{'f:a':{}},'time':null},{'fieldsV1':null}]}}"})
    void whatIsReadIsCanonical(String text) {
        Pod pod = read(text, Pod.getDefaultInstance()).object();
        assertThat(Canonical.normalise(pod)).isSameAs(pod);
    }

    @Test
    void schemasInFormsOfTheirOwnAreReadAtFullDepth() {
        int levels = JsonCodec.MAX_DEPTH / 2 - 1;
        String lists = "{'items':[".repeat(levels) + "{}" + "]}".repeat(levels);
        String maps = "{'properties':{'a':".repeat(levels) + "{}" + "}}".repeat(levels);
        for (String text : List.of(lists, maps)) {
            JSONSchemaProps schema = read(text, JSONSchemaProps.getDefaultInstance()).object();
            assertThat(JsonCodec.write(TypeMeta.NONE, schema)).asString(StandardCharsets.UTF_8)
                    .isEqualTo(text.replace('\'', '"'));
        }
    }

    @Test
    void longAndUnusualTextsArrive() {
        String text = "a\u00e4\ud83d\ude80".repeat(100_000);
        ConfigMap map = ConfigMap.newBuilder().putData("k\u00e4\ud83d\ude80", text).putData("", "")
                .putData("short", "x".repeat(200)).build();
        assertThat(JsonCodec.read(JsonCodec.write(map), ConfigMap.getDefaultInstance()).object()).isEqualTo(map);
    }
}
