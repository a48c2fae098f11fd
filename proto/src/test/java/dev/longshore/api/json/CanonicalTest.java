package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.EmptyDirVolumeSource;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.PodSpec;
import dev.longshore.api.core.v1.PodStatus;
import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.core.v1.VolumeSource;
import dev.longshore.api.intstr.IntOrString;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.meta.v1.Time;
import dev.longshore.api.resource.Quantity;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Objects that mean the same are equal, however their sender encodes "absent". */
class CanonicalTest {
    @Test
    void whatAGoClientSendsEqualsWhatJsonSays() {
        Pod sent = Pod.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("a").setGenerateName("").setNamespace("").setSelfLink("")
                        .setUid("").setResourceVersion("").setGeneration(0).setCreationTimestamp(Time.newBuilder()))
                .setSpec(PodSpec.newBuilder().setRestartPolicy("").setNodeName("").setHostNetwork(false)
                        .addContainers(Container.newBuilder().setName("c").setImage("").setStdin(false)
                                .setResources(ResourceRequirements.getDefaultInstance())
                                .setTerminationMessagePath("")))
                .setStatus(PodStatus.newBuilder().setPhase("").setMessage("")).build();
        byte[] json = "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Canonical.normalise(sent)).isEqualTo(JsonCodec.read(json, Pod.getDefaultInstance()).object());
    }

    @Test
    void whatTellsZeroFromAbsentStays() {
        Pod pod = Pod.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setDeletionGracePeriodSeconds(0))
                .setSpec(PodSpec.newBuilder().setAutomountServiceAccountToken(false).setTerminationGracePeriodSeconds(0)
                        .addVolumes(Volume.newBuilder().setName("v").setVolumeSource(
                                VolumeSource.newBuilder().setEmptyDir(EmptyDirVolumeSource.getDefaultInstance()))))
                .build();
        assertThat(Canonical.normalise(pod)).isSameAs(pod);
    }

    @Test
    void emptyValuesOfMapsStay() {
        Secret secret = Secret.newBuilder().putData("a", ByteString.EMPTY).putStringData("b", "").build();
        assertThat(Canonical.normalise(secret)).isSameAs(secret);
        assertThat(new String(JsonCodec.write(secret), StandardCharsets.UTF_8)).contains("\"data\":{\"a\":\"\"}");
    }

    @Test
    void quantitiesAndPortsAreSpelledOneWay() {
        Container container = Container.newBuilder().setResources(ResourceRequirements.newBuilder()
                .putLimits("memory", Quantity.newBuilder().setString("1024Mi").build())).build();
        assertThat(Canonical.normalise(container).getResources().getLimitsOrThrow("memory").getString())
                .isEqualTo("1Gi");
        IntOrString number = IntOrString.newBuilder().setType(0).setIntVal(80).setStrVal("").build();
        assertThat(Canonical.normalise(number)).isEqualTo(IntOrString.newBuilder().setIntVal(80).build());
        Container wrong = Container.newBuilder().setResources(ResourceRequirements.newBuilder()
                .putLimits("cpu", Quantity.newBuilder().setString("lots").build())).build();
        assertThatThrownBy(() -> Canonical.normalise(wrong)).isInstanceOfSatisfying(DecodeException.class,
                e -> assertThat(e.path()).isEqualTo("resources.limits.cpu"));
    }

    @Test
    void fieldsThatNobodyKnowsAreDropped() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build()).build();
        Pod pod = Pod.newBuilder().setSpec(PodSpec.newBuilder().setNodeName("n").setUnknownFields(unknown)).build();
        assertThat(Canonical.normalise(pod))
                .isEqualTo(Pod.newBuilder().setSpec(PodSpec.newBuilder().setNodeName("n")).build());
    }
}
