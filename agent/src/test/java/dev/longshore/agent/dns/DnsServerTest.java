package dev.longshore.agent.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.common.time.SystemEnvironment;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real sockets, asked by the JDK's own resolver; a second server stands for the node's name server. */
class DnsServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
    private final SystemEnvironment environment = new SystemEnvironment();
    private final List<DnsServer> servers = new ArrayList<>();
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        InetSocketAddress upstream = serve("example.org", List.of());
        address = serve("cluster.local", List.of(upstream));
    }

    private InetSocketAddress serve(String zone, List<InetSocketAddress> upstreams) throws Exception {
        FixedNames names = FixedNames.some();
        DnsServer server = new DnsServer(ANY_PORT, new Responder(new ClusterZone(zone, names), names,
                new Forwarder(upstreams, environment.environment())), environment.environment());
        server.start();
        servers.add(server);
        return server.listening().get(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        for (DnsServer server : servers) {
            server.beginStop();
            assertThat(server.awaitStopped(Duration.ofSeconds(5))).isTrue();
        }
        environment.close();
    }

    // The JDK's own resolver is the other side of these tests; nothing is deserialised from our own answers.
    @SuppressWarnings("BanJNDI")
    private List<String> ask(String name, String type) throws NamingException {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        settings.put("java.naming.provider.url", "dns://127.0.0.1:" + address.getPort());
        Attribute found = new InitialDirContext(settings).getAttributes(name, new String[]{type}).get(type);
        return found == null
                ? List.of()
                : Collections.list(found.getAll()).stream().map(Object::toString).sorted().toList();
    }

    @Test
    void answersNamesOfTheCluster() throws Exception {
        assertThat(ask("web.default.svc.cluster.local", "A")).containsExactly("10.96.0.7");
        assertThat(ask("WEB.Default.svc.Cluster.local", "A")).containsExactly("10.96.0.7");
        assertThat(ask("web.default.svc.cluster.local", "AAAA")).isEmpty();
        assertThat(ask("_http._tcp.web.default.svc.cluster.local", "SRV"))
                .containsExactly("0 100 80 web.default.svc.cluster.local.");
        assertThat(ask("7.0.96.10.in-addr.arpa", "PTR")).containsExactly("web.default.svc.cluster.local.");
        assertThat(ask("dns-version.cluster.local", "TXT")).containsExactly("1.1.0");
        assertThatThrownBy(() -> ask("nope.default.svc.cluster.local", "A")).isInstanceOf(NameNotFoundException.class);
    }

    @Test
    void aLongAnswerComesByStream() throws Exception {
        assertThat(ask("many.default.svc.cluster.local", "A")).hasSize(100);
    }

    @Test
    void forwardsOtherNamesAndTheAnswersOfOthers() throws Exception {
        assertThat(ask("web.default.svc.example.org", "A")).containsExactly("10.96.0.7");
        assertThat(ask("many.default.svc.example.org", "A")).as("cut short upstream").hasSize(100);
        assertThat(ask("out.default.svc.cluster.local", "A")).containsExactly("10.96.0.7");
        assertThatThrownBy(() -> ask("nope.default.svc.example.org", "A")).isInstanceOf(NameNotFoundException.class);
    }

    @Test
    void failsAtOnceWithoutSomebodyToAsk() {
        assertThatThrownBy(() -> ask("elsewhere.test", "A")).isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void extendedQueriesGetLargerDatagramsAndPlainOnesACut() throws Exception {
        byte[] plain = query("many.default.svc.cluster.local", false);
        assertThat(DnsMessage.isTruncated(exchange(plain))).isTrue();
        byte[] answer = exchange(query("db.default.svc.cluster.local", true));
        assertThat(answer[11]).as("an OPT record comes back").isEqualTo((byte) 1);
        assertThat(DnsMessage.isTruncated(answer)).isFalse();
    }

    @Test
    void garbageNeverEndsIt() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        byte[] valid = query("web.default.svc.cluster.local", true);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(address);
            for (int i = 0; i < 5_000; i++) {
                byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(80)] : valid.clone();
                if (i % 2 == 0) {
                    random.nextBytes(bytes);
                } else {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                    bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                }
                assertThat(DnsMessage.parse(bytes)).isNotNull();
                if (DnsMessage.parse(bytes).isEmpty()) {
                    socket.send(new DatagramPacket(bytes, bytes.length));
                }
            }
        }
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(new byte[]{0, 3, 1, 2, 3, 0, 40, 1});
        }
        assertThat(ask("web.default.svc.cluster.local", "A")).containsExactly("10.96.0.7");
    }

    @Test
    void onlyTheAskedServersAnswerToTheAskedQuestionIsBelieved() {
        DnsMessage query = DnsMessage.parse(query("example.org", false)).orElseThrow();
        byte[] answer = DnsMessage.withId(DnsResponse.of(query, 0, List.of(), List.of(), List.of()), 77);
        assertThat(query.isAnsweredBy(answer, 77)).isTrue();
        assertThat(query.isAnsweredBy(answer, 78)).isFalse();
        answer[14] ^= 1;
        assertThat(query.isAnsweredBy(answer, 77)).as("another name").isFalse();
        assertThat(query.isAnsweredBy(query.bytes(), query.id())).as("a query").isFalse();
        assertThat(query.isAnsweredBy(new byte[3], 77)).isFalse();
    }

    @Test
    void nothingIsCalledUnknownBeforeTheObjectsAreKnown() {
        FixedNames unknown = new FixedNames(List.of(), List.of(), false);
        Responder responder = new Responder(new ClusterZone("cluster.local", unknown), unknown,
                new Forwarder(List.of(), environment.environment()));
        Responder.Step step = responder.begin(query("web.default.svc.cluster.local", false));
        assertThat(step).isInstanceOfSatisfying(Responder.Step.Reply.class,
                reply -> assertThat(reply.bytes()[3] & 15).isEqualTo(DnsMessage.SERVER_FAILURE));
    }

    @Test
    void readsTheNameServersOfTheNode() throws Exception {
        assertThat(Upstreams.parse("# c\nnameserver 10.96.0.10\nsearch a\nnameserver 192.0.2.53 # x\n"
                + "nameserver not.an.address\nnameserver fe80::1\n", "10.96.0.10")).containsExactly(
                        new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53),
                        new InetSocketAddress(InetAddress.ofLiteral("fe80::1"), 53));
    }

    private byte[] exchange(byte[] query) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(5_000);
            socket.connect(address);
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }
    }

    private static byte[] query(String name, boolean extended) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[]{1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, (byte) (extended ? 1 : 0)});
        out.writeBytes(DnsResponse.encoded(name));
        out.writeBytes(new byte[]{0, 1, 0, 1});
        if (extended) {
            out.writeBytes(new byte[]{0, 0, 41, 4, (byte) 208, 0, 0, 0, 0, 0, 0});
        }
        return out.toByteArray();
    }
}
