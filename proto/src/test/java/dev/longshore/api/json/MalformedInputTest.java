package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.TypeMeta;
import dev.longshore.api.apiextensions.v1.JSONSchemaProps;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.WatchEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is told with the place where it is wrong, and nothing takes more than its limit. */
class MalformedInputTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Decoded<Deployment> deployment(String text) {
        return JsonCodec.read(utf8(text.replace('\'', '"')), Deployment.getDefaultInstance());
    }

    @Test
    void unknownAndDuplicateFieldsAreProblemsWithTheirPath() {
        Decoded<Deployment> decoded = deployment("{'kind':'Deployment','spec':{'replicaz':1,'replicas':1,'replicas':2,"
                + "'template':{'spec':{'containers':[{'name':'a'},{'foo':{'x':[1]},'image':'b'}]}}},"
                + "'metadata':{'labels':{'a':'1','a':'2'}},'Spec':{}}");
        assertThat(decoded.problems()).containsExactly("unknown field \"spec.replicaz\"",
                "duplicate field \"spec.replicas\"", "unknown field \"spec.template.spec.containers[1].foo\"",
                "duplicate field \"metadata.labels.a\"", "unknown field \"Spec\"");
        assertThat(decoded.object().getSpec().getReplicas()).isEqualTo(2);
        assertThat(decoded.object().getMetadata().getLabelsMap()).containsEntry("a", "2");
        assertThat(decoded.object().getSpec().getTemplate().getSpec().getContainers(1).getImage()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'spec':{'replicas':'3'}}|spec.replicas|cannot read string into field \"spec.replicas\" of type int32",
            "{'spec':{'replicas':1.5}}|spec.replicas|cannot read number 1.5 into field \"spec.replicas\" of type int32",
            "{'spec':{'replicas':3000000000}}|spec.replicas|cannot read number 3000000000 into field \"spec.replicas\" of type int32",
            "{'spec':{'paused':'yes'}}|spec.paused|cannot read string into field \"spec.paused\" of type bool",
            "{'spec':[]}|spec|cannot read array into field \"spec\" of type DeploymentSpec",
            "{'spec':{'template':{'spec':{'containers':{}}}}}|spec.template.spec.containers|cannot read object into field \"spec.template.spec.containers\" of type array of Container",
            "{'spec':{'template':{'spec':{'containers':['x']}}}}|spec.template.spec.containers[0]|cannot read string into field \"spec.template.spec.containers[0]\" of type Container",
            "{'metadata':{'labels':{'a':1}}}|metadata.labels.a|cannot read number 1 into field \"metadata.labels.a\" of type string",
            "{'metadata':{'generation':99999999999999999999}}|metadata.generation|cannot read number 99999999999999999999 into field \"metadata.generation\" of type int64"})
    void wrongTypesNameFieldFoundAndWanted(String text, String path, String message) {
        assertThatThrownBy(() -> deployment(text)).isInstanceOfSatisfying(DecodeException.class, e -> {
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.getMessage()).isEqualTo(message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "1", "null", "{'spec':{'replicas':1}", "{}{}", "{} x", "{'a'}",
            "{'spec':tru}",
            "{'metadata':{'creationTimestamp':'yesterday'}}", "{'metadata':{'name':'\u0001'}}",
            "{'spec':{'template':{'spec':{'containers':[{'resources':{'limits':{'cpu':'lots'}}}]}}}}",
            "{'spec':{'strategy':{'rollingUpdate':{'maxSurge':1.5}}}}", "{'spec':{'replicas':NaN}}", "{'kind':5}"})
    void brokenTextIsRefused(String text) {
        assertThatThrownBy(() -> deployment(text)).isInstanceOf(DecodeException.class);
    }

    @Test
    void everyCutOfAValidTextIsRefused() {
        byte[] text = JsonCodec.write(new RandomMessages(7).next(ConfigMap.getDefaultInstance()));
        for (int length = 0; length < text.length; length++) {
            byte[] cut = Arrays.copyOf(text, length);
            assertThatThrownBy(() -> JsonCodec.read(cut, ConfigMap.getDefaultInstance()))
                    .isInstanceOf(DecodeException.class);
        }
    }

    @Test
    void depthIsLimitedEverywhere() {
        String open = "{\"not\":".repeat(JsonCodec.MAX_DEPTH + 1);
        assertThatThrownBy(() -> JsonCodec.read(utf8(open), JSONSchemaProps.getDefaultInstance()))
                .isInstanceOf(DecodeException.class).hasMessageContaining("limit");
        assertThatThrownBy(
                () -> JsonCodec.read(utf8("{\"object\":" + "[".repeat(1_000_000)), WatchEvent.getDefaultInstance()))
                .isInstanceOf(DecodeException.class).hasMessageContaining("limit");
        assertThatThrownBy(() -> JsonCodec.read(utf8("{\"x\":" + "[".repeat(1_000_000)), Pod.getDefaultInstance()))
                .isInstanceOf(DecodeException.class).hasMessageContaining("limit");
        assertThatThrownBy(() -> YamlCodec.toJson(utf8("[".repeat(100_000)))).isInstanceOf(DecodeException.class);
    }

    @Test
    void longNumbersAreRefused() {
        assertThatThrownBy(() -> deployment("{'spec':{'replicas':" + "9".repeat(100_000) + "}}"))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void nullIsAbsentAndWithinListsZero() {
        Decoded<Deployment> decoded = deployment(
                "{'kind':null,'spec':null,'metadata':{'name':null,'finalizers':['a',null]}}");
        assertThat(decoded.type()).isEqualTo(TypeMeta.NONE);
        assertThat(decoded.object().hasSpec()).isFalse();
        assertThat(decoded.object().getMetadata().getFinalizersList()).containsExactly("a", "");
    }

    @Test
    void theTypeIsSeenWithoutReadingTheRest() {
        assertThat(
                JsonCodec.peek(utf8("{\"metadata\":{\"kind\":\"no\"},\"kind\":\"Pod\",\"apiVersion\":\"v1\",broken")))
                .isEqualTo(new TypeMeta("v1", "Pod"));
        assertThat(JsonCodec.peek(utf8("{}"))).isEqualTo(TypeMeta.NONE);
        assertThatThrownBy(() -> JsonCodec.peek(utf8("{\"kind\":1}"))).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> JsonCodec.peek(utf8("[]"))).isInstanceOf(DecodeException.class);
    }

    @Test
    void theRefusalNamesKindAndVersion() {
        assertThatThrownBy(() -> deployment("{'spec':{'replicas':'3'}}")).isInstanceOfSatisfying(DecodeException.class,
                e -> assertThat(e.refusal(new TypeMeta("apps/v1", "Deployment")).status().getMessage())
                        .startsWith(
                                "Deployment in version \"v1\" cannot be handled as a Deployment: cannot read string"));
    }
}
