package dev.longshore.agent.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.agent.containerd.ContainerdFixture;
import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.api.Reason;
import dev.longshore.common.time.SystemEnvironment;
import dev.longshore.cri.v1.ContainerConfig;
import dev.longshore.cri.v1.ContainerMetadata;
import dev.longshore.cri.v1.ImageSpec;
import dev.longshore.cri.v1.PodSandboxConfig;
import dev.longshore.grpc.v1.AttachRequest;
import dev.longshore.grpc.v1.Closed;
import dev.longshore.grpc.v1.ExecRequest;
import dev.longshore.grpc.v1.Hello;
import dev.longshore.grpc.v1.LogsRequest;
import dev.longshore.grpc.v1.Open;
import dev.longshore.grpc.v1.PodRef;
import dev.longshore.grpc.v1.PortForwardRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tunnel over real gRPC, down to a real containerd. */
@Tag("root")
class TunnelClientTest {
    private static final long MUCH = 1 << 20;
    private static final PodRef POD = PodRef.newBuilder().setName("p").setNamespace("default").setUid("u1").build();
    @TempDir
    static Path directory;
    private static ContainerdFixture fixture;
    private static FakeApiServer api;
    private static TunnelClient tunnel;
    private static SystemEnvironment environment;
    private static volatile CountDownLatch logsEnded = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
        environment = new SystemEnvironment();
        fixture = new ContainerdFixture(directory, 37);
        ContainerRuntime runtime = fixture.runtime();
        var config = PodSandboxConfig.newBuilder().setHostname("p")
                .setLogDirectory(directory.resolve("logs").toString());
        config.getMetadataBuilder().setName("p").setNamespace("default").setUid("u1");
        String sandbox = runtime.runSandbox(config.build());
        var container = ContainerConfig.newBuilder().setMetadata(ContainerMetadata.newBuilder().setName("c"))
                .setImage(ImageSpec.newBuilder().setImage(ContainerdFixture.SHELL)).setLogPath("c.log").setStdin(true)
                .addAllCommand(List.of("sh", "-c", "busybox nc -ll -p 8080 -e cat & "
                        + "while read line; do echo got $line; done; sleep 999"));
        String id = runtime.createContainer(sandbox, container.build(), config.build());
        runtime.startContainer(id);
        String address = runtime.sandbox(sandbox).orElseThrow().ips().getFirst();
        api = new FakeApiServer();
        tunnel = new TunnelClient(List.of(api.channel), Hello.newBuilder().setNode("n1").setVersion("test").build(),
                new StreamServer(runtime, new OnePod(id, address), TunnelClientTest::countingLogs,
                        environment.environment()),
                environment.environment());
        tunnel.start();
    }

    @AfterAll
    static void stop() throws Exception {
        tunnel.beginStop();
        assertThat(tunnel.awaitStopped(Duration.ofSeconds(5))).isTrue();
        api.close();
        fixture.close();
        environment.close();
    }

    private record OnePod(String container, String address) implements ContainerLookup {
        @Override
        public String runningContainer(PodRef pod, String name) throws StreamFailure {
            if (!name.equals("c")) {
                throw new StreamFailure(Reason.NOT_FOUND, "container " + name + " is not here");
            }
            return container;
        }

        @Override
        public String podAddress(PodRef pod) {
            return address;
        }
    }

    /** Endless when following, else three lines. */
    private static void countingLogs(LogsRequest request, OutputStream sink) throws IOException {
        try {
            for (int line = 1; request.getFollow() || line <= 3; line++) {
                sink.write(("line " + line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            logsEnded.countDown();
        }
    }

    private static FakeApiServer.Stream exec(boolean stdin, boolean tty, String... command) throws Exception {
        return api.open(Open.newBuilder().setExec(ExecRequest.newBuilder().setPod(POD).setContainer("c")
                .addAllCommand(List.of(command)).setStdin(stdin).setStdout(true).setStderr(!tty).setTty(tty)).build(),
                MUCH);
    }

    @Test
    void execReturnsOutputAndExitCode() throws Exception {
        FakeApiServer.Stream stream = exec(false, false, "sh", "-c", "echo out; echo err >&2; exit 3");
        assertThat(stream.end()).isEqualTo(Closed.newBuilder().setExitCode(3).build());
        assertThat(stream.text(1)).isEqualTo("out\n");
        assertThat(stream.text(2)).isEqualTo("err\n");
        assertThat(exec(false, false, "true").end()).isEqualTo(Closed.getDefaultInstance());
    }

    @Test
    void execEndsWhenItsInputEnds() throws Exception {
        FakeApiServer.Stream stream = exec(true, false, "cat");
        stream.stdin("hi\n");
        await().until(() -> stream.text(1).equals("hi\n"));
        stream.endStdin();
        assertThat(stream.end()).isEqualTo(Closed.getDefaultInstance());
        assertThat(stream.granted.get()).isEqualTo(AgentStream.WINDOW_BYTES + 3);
    }

    @Test
    void terminalHasTheSizeOfTheCallers() throws Exception {
        FakeApiServer.Stream stream = exec(true, true, "sh");
        stream.resize(123, 45);
        stream.stdin("stty size; exit 4\n");
        assertThat(stream.end().getExitCode()).isEqualTo(4);
        assertThat(stream.text(1)).contains("45 123");
    }

    @Test
    void execOfWhatIsNotThereFails() throws Exception {
        Closed closed = exec(false, false, "/no/such/program").end();
        assertThat(closed.getReason()).isEqualTo("InternalError");
        assertThat(closed.getError()).isNotEmpty();
        assertThat(api.open(Open.newBuilder().setExec(ExecRequest.newBuilder().setContainer("x")).build(), MUCH).end()
                .getReason()).isEqualTo("NotFound");
    }

    @Test
    void muchOutputWaitsForCreditAndArrivesWhole() throws Exception {
        FakeApiServer.Stream stream = api.open(Open.newBuilder().setExec(ExecRequest.newBuilder().setPod(POD)
                .setContainer("c").addAllCommand(List.of("head", "-c", "3000000", "/dev/zero")).setStdout(true))
                .build(), 1_000_000);
        await().until(() -> stream.size(1) == 1_000_000);
        stream.credit(5_000_000);
        assertThat(stream.end()).isEqualTo(Closed.getDefaultInstance());
        assertThat(stream.size(1)).isEqualTo(3_000_000);
    }

    @Test
    void resetEndsAnExec() throws Exception {
        FakeApiServer.Stream stream = exec(true, false, "cat");
        stream.stdin("x");
        await().until(() -> stream.text(1).equals("x"));
        stream.reset();
        assertThat(stream.end().getReason()).isEqualTo("InternalError");
    }

    @Test
    void attachJoinsTheRunningContainer() throws Exception {
        FakeApiServer.Stream stream = api.open(Open.newBuilder().setAttach(AttachRequest.newBuilder().setPod(POD)
                .setContainer("c").setStdin(true).setStdout(true).setStderr(true)).build(), MUCH);
        stream.stdin("you\n");
        await().until(() -> stream.text(1).contains("got you"));
        stream.reset();
        stream.end();
    }

    @Test
    void portForwardReachesThePodAndPassesTheEndOn() throws Exception {
        FakeApiServer.Stream stream = api.open(Open.newBuilder().setPortForward(
                PortForwardRequest.newBuilder().setPod(POD).setPort(8080)).build(), MUCH);
        stream.stdin("ping");
        await().until(() -> stream.text(1).equals("ping"));
        stream.endStdin();
        assertThat(stream.end()).isEqualTo(Closed.getDefaultInstance());
        assertThat(api.open(Open.newBuilder().setPortForward(
                PortForwardRequest.newBuilder().setPod(POD).setPort(9)).build(), MUCH).end().getReason())
                .isEqualTo("ServiceUnavailable");
    }

    @Test
    void logsFlowWithCreditAndStopWithTheReader() throws Exception {
        FakeApiServer.Stream three = api.open(Open.newBuilder().setLogs(LogsRequest.newBuilder()).build(), MUCH);
        assertThat(three.end()).isEqualTo(Closed.getDefaultInstance());
        assertThat(three.text(1)).isEqualTo("line 1\nline 2\nline 3\n");
        logsEnded = new CountDownLatch(1);
        FakeApiServer.Stream endless = api
                .open(Open.newBuilder().setLogs(LogsRequest.newBuilder().setFollow(true)).build(), 100);
        await().until(() -> endless.size(1) == 100);
        endless.reset();
        await().until(() -> logsEnded.getCount() == 0);
    }

    @Test
    void dialsAgainAndEndsTheStreamsOfABrokenTunnel() throws Exception {
        int before = api.hellos.get();
        logsEnded = new CountDownLatch(1);
        api.open(Open.newBuilder().setLogs(LogsRequest.newBuilder().setFollow(true)).build(), 100);
        api.breakTunnel();
        await().until(() -> logsEnded.getCount() == 0 && api.hellos.get() > before);
        assertThat(exec(false, false, "true").end()).isEqualTo(Closed.getDefaultInstance());
    }
}
