package dev.longshore.scheduler.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.core.v1.Node;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.scheduler.TestPods;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.state.ClusterObject;
import dev.longshore.scheduler.state.NodeFacts;
import dev.longshore.scheduler.state.ObservedKind;
import dev.longshore.scheduler.state.PodInfo;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recorder writes is what a replay reads. */
class RecordingLinesTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.000000089Z");
    private static final String HEADER = "{\"recording\":\"longshore-scheduler\",\"version\":1,\"seed\":\"7\","
            + "\"configuration\":\"\"}";

    static List<Arrival> arrivals() {
        Node node = TestPods.node("n1", 1500);
        Pod pod = TestPods.pod("p", 100, spec -> spec.setPriority(3).addSchedulingGatesBuilder().setName("g"));
        List<Arrival> all = new ArrayList<>(List.of(
                new Arrival(new SchedulerEvent.NodeSeen(NodeFacts.of(node)), node),
                Arrival.of(new SchedulerEvent.NodeGone("n1")),
                new Arrival(new SchedulerEvent.PodSeen(PodInfo.of(pod)), pod),
                Arrival.of(new SchedulerEvent.PodGone("u")), Arrival.of(new SchedulerEvent.BindSucceeded("u")),
                Arrival.of(new SchedulerEvent.BindFailed("u", "two\nlines, \"quoted\"")),
                Arrival.of(new SchedulerEvent.VolumesWritten("u")),
                Arrival.of(new SchedulerEvent.VolumesFailed("u", "")),
                Arrival.of(new SchedulerEvent.EvictionEnded("u", true)),
                Arrival.of(new SchedulerEvent.EvictionEnded("u", false)),
                Arrival.of(new SchedulerEvent.LeadershipChanged(true)),
                Arrival.of(new SchedulerEvent.LeadershipChanged(false))));
        ObservedKind.ALL.forEach(kind -> addObject(kind, all));
        return all;
    }

    private static <T extends Message> void addObject(ObservedKind<T> kind, List<Arrival> all) {
        ObjectMeta.Builder meta = ObjectMeta.newBuilder().setName("o").setUid("u").putLabels("a", "b");
        T object = kind.type().withMeta(kind.type().prototype(),
                (kind.type().namespaced() ? meta.setNamespace("default") : meta).build());
        ClusterObject facts = kind.facts().apply(object);
        all.add(new Arrival(new SchedulerEvent.ObjectSeen(facts), object));
        all.add(new Arrival(new SchedulerEvent.ObjectGone(facts), object));
    }

    @ParameterizedTest
    @MethodSource("arrivals")
    void everyEventIsReadAsItWasWritten(Arrival arrival) throws IOException {
        String line = written(lines -> lines.handled(arrival, AT, Optional.empty()));
        assertThat(read(line)).containsExactly(new Line.Call(new Line.Input.Handle(arrival.event()), AT, ""));
    }

    @Test
    void noKindOfEventIsLeftOut() {
        assertThat(arrivals().stream().<Class<?>>map(arrival -> arrival.event().getClass()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(SchedulerEvent.class.getPermittedSubclasses());
    }

    static List<Intent> decisions() {
        ObjectKey key = new ObjectKey("default", "p");
        Intent.MarkUnschedulable mark = new Intent.MarkUnschedulable(key, "u", "default-scheduler", "Unschedulable",
                "0/1 nodes are available: a\\b\nc.", "", false);
        VolumePlan plan = new VolumePlan("n1",
                List.of(new VolumePlan.Pairing(new ObjectKey("default", "data"), "cu", "disk-7")),
                List.of(new VolumePlan.Provision(new ObjectKey("default", "logs"), "lu")));
        return List.of(new Intent.Bind(key, "u", "default-scheduler", "n1"),
                new Intent.BindVolumes(key, "u", "default-scheduler", plan), mark,
                new Intent.Preempt(mark, "n1", List.of(new Intent.Target(new ObjectKey("default", "v"), "vu"),
                        new Intent.Target(new ObjectKey("default", "w"), "wu")), List.of()));
    }

    @Test
    void decisionsAreLinesOfText() {
        String profile = " uid=u profile=default-scheduler";
        String mark = "reason=Unschedulable nominated=- shown=false: 0/1 nodes are available: a\\\\b\\nc.";
        assertThat(decisions().stream().map(DecisionText::of)).containsExactly(
                "bind default/p -> n1" + profile,
                "volumes default/p -> n1" + profile
                        + " claims=[default/data(cu)=disk-7,default/logs(lu)=new]",
                "unschedulable default/p" + profile + " " + mark,
                "preempt default/p -> n1" + profile + " victims=[default/v(vu),default/w(wu)] outranked=[] " + mark);
        assertThat(decisions().stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(Intent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void everyDecisionIsReadAsItWasWritten(Intent decision) throws IOException {
        String line = written(lines -> lines.stepped(AT, Optional.of(decision)))
                + written(lines -> lines.settled(AT, Optional.of(decision)));
        String text = DecisionText.of(decision);
        assertThat(read(line)).containsExactly(new Line.Call(new Line.Input.Step(), AT, text),
                new Line.Call(new Line.Input.Settle(), AT, text));
    }

    @Test
    void theHeaderIsReadAsItWasWritten() throws IOException {
        Header header = new Header(Long.MIN_VALUE, "kind: X\n");
        String line = written(lines -> lines.header(header));
        assertThat(new RecordingReader(stream(line)).recorded()).isEqualTo(header);
        assertThat(written(lines -> lines.header(new Header(7, "")))).isEqualTo(HEADER + "\n");
    }

    @Test
    void aControllerIsRecordedWithoutItsTemplate() throws IOException {
        ReplicaSet.Builder owner = ReplicaSet.newBuilder();
        owner.getMetadataBuilder().setNamespace("default").setName("web")
                .putAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{geheim}")
                .addManagedFieldsBuilder().setManager("geheim");
        owner.getSpecBuilder().getSelectorBuilder().putMatchLabels("app", "web");
        owner.getSpecBuilder().getTemplateBuilder().getSpecBuilder().addContainersBuilder().addArgs("geheim");
        ClusterObject facts = ClusterObject.of(owner.build());
        String line = written(lines -> lines.handled(
                new Arrival(new SchedulerEvent.ObjectSeen(facts), owner.build()), AT, Optional.empty()));
        assertThat(line).doesNotContain("geheim");
        assertThat(read(line)).containsExactly(
                new Line.Call(new Line.Input.Handle(new SchedulerEvent.ObjectSeen(facts)), AT, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"input":"Fly","at":"2026-01-01T00:00:00Z"} | has the unknown input "Fly"
            {"at":"2026-01-01T00:00:00Z"} | has no field "input"
            {"input":"Step"} | has no field "at"
            {"input":"Step","at":"noon"} | has "noon" in field "at", which is a time
            {"input":"Step","at":"2026-01-01T00:00:00Z","extra":"x"} | has the unknown field "extra"
            {"input":"PodGone","at":"2026-01-01T00:00:00Z"} | has no field "uid"
            {"input":"LeadershipChanged","at":"2026-01-01T00:00:00Z","leading":"maybe"} | has "maybe" in field "leading", which is true or false
            {"input":"PodSeen","at":"2026-01-01T00:00:00Z"} | has no field "object"
            {"input":"PodSeen","at":"2026-01-01T00:00:00Z","object":{"kind":"Node","apiVersion":"v1"}} | has an object of kind "Node", not Pod
            {"input":"ObjectSeen","at":"2026-01-01T00:00:00Z","object":{"kind":"Secret","apiVersion":"v1"}} | has an object of kind "Secret" (v1), which is none that the scheduler follows
            {"input":"NodeSeen","at":"2026-01-01T00:00:00Z","object":{"kind":"Node","apiVersion":"v1","spec":7}} | has a broken object:
            {"input":"NodeSeen","at":"2026-01-01T00:00:00Z","object":{"kind":"Node","apiVersion":"v1","sepc":{}}} | has a broken object:
            {"input":"Step","at":"2026-01-01T00:00:00Z" | is no JSON object
            {"input":["Step"],"at":"2026-01-01T00:00:00Z"} | has an unexpected value in field "input"
            {"input":"Step","at":"2026-01-01T00:00:00Z"} {} | goes on behind its JSON object
            [] | is no JSON object
            hello | is no JSON object
            """)
    void aLineThatNoRecorderWritesIsRefused(String line, String message) {
        assertThatThrownBy(() -> read(line + "\n")).isInstanceOfSatisfying(BrokenRecordingException.class, broken -> {
            assertThat(broken.line()).isEqualTo(2);
            assertThat(broken).hasMessageStartingWith(message);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello | is not the beginning of a recording
            {"a":1} | is not the beginning of a recording
            {"recording":"other","version":1} | is not the beginning of a recording
            {"recording":"longshore-scheduler","version":2} | says that the recording is of version 2; this program reads version 1
            {"recording":"longshore-scheduler","version":1,"seed":"x","configuration":""} | has "x" in field "seed", which is a number
            {"recording":"longshore-scheduler","version":1,"seed":"7","configuration":"kind: Pod"} | has a configuration that cannot be read:
            """)
    void aFileThatIsNoRecordingIsRefused(String line, String message) {
        assertThatThrownBy(() -> new Replay(stream(line + "\n"))).isInstanceOfSatisfying(
                BrokenRecordingException.class, broken -> {
                    assertThat(broken.line()).isEqualTo(1);
                    assertThat(broken).hasMessageStartingWith(message);
                });
        assertThatThrownBy(() -> new Replay(stream(""))).hasMessage("is not the beginning of a recording");
    }

    @Test
    void aLineWithoutEndIsRefused() {
        assertThatThrownBy(() -> read("{\"input\":\"Settle\",\"at\":\"2026-01-01T00:00:00Z\"}\n{\"input\":\"St"))
                .hasMessage("ends in the middle; the recorder was killed while it wrote")
                .isInstanceOfSatisfying(BrokenRecordingException.class,
                        broken -> assertThat(broken.line()).isEqualTo(3));
    }

    @Test
    void aLineWithoutBoundIsRefused() {
        byte[] zeros = new byte[TextLines.LINE_LIMIT_BYTES + 1];
        Arrays.fill(zeros, (byte) 'x');
        assertThatThrownBy(() -> new TextLines(new ByteArrayInputStream(zeros)).next())
                .hasMessage("is longer than 16777216 bytes");
    }

    private static String written(RecordingWriter.Line line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line.to(new LineWriter(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Line> read(String lines) throws IOException {
        RecordingReader reader = new RecordingReader(stream(HEADER + "\n" + lines));
        List<Line> read = new ArrayList<>();
        for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
            read.add(line.get());
        }
        return read;
    }
}
