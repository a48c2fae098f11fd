package dev.longshore.agent.dns;

import dev.longshore.common.time.Environment;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Asks other name servers. Each question goes out under a random id from a socket of its own, so from a random port,
 * and only an answer to exactly this question, from the server asked, is believed. Calls block.
 */
final class Forwarder {
    private static final Duration TRY_LIMIT = Duration.ofSeconds(2);
    private static final int ROUNDS = 2;
    private static final int ID_BOUND = 1 << 16;
    private static final int MESSAGE_LIMIT = 65_535;
    /** Forged answers to one question that are thrown away before the socket is given up. */
    private static final int FORGERY_LIMIT = 100;

    private final List<InetSocketAddress> servers;
    private final Environment environment;

    Forwarder(List<InetSocketAddress> servers, Environment environment) {
        this.servers = List.copyOf(servers);
        this.environment = environment;
    }

    /** The first answer of a server, under the query's own id; empty when none answers. */
    Optional<byte[]> ask(DnsMessage query, boolean stream) {
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : servers) {
                int id = environment.randomness().below(ID_BOUND);
                try {
                    Optional<byte[]> answer = stream ? byStream(server, query, id) : byDatagram(server, query, id);
                    if (answer.isPresent()) {
                        return Optional.of(DnsMessage.withId(answer.get(), query.id()));
                    }
                } catch (IOException e) {
                    continue; // The next server may answer.
                }
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> byDatagram(InetSocketAddress server, DnsMessage query, int id) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // A connected socket takes datagrams of this server alone.
            socket.connect(server);
            byte[] bytes = DnsMessage.withId(query.bytes(), id);
            socket.send(new DatagramPacket(bytes, bytes.length));
            long end = environment.clock().nanos() + TRY_LIMIT.toNanos();
            DatagramPacket packet = new DatagramPacket(new byte[MESSAGE_LIMIT], MESSAGE_LIMIT);
            for (int i = 0; i < FORGERY_LIMIT; i++) {
                long left = (end - environment.clock().nanos()) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                socket.setSoTimeout((int) left);
                socket.receive(packet);
                byte[] answer = Arrays.copyOf(packet.getData(), packet.getLength());
                if (query.isAnsweredBy(answer, id)) {
                    return Optional.of(answer);
                }
                packet.setLength(MESSAGE_LIMIT);
            }
            return Optional.empty();
        }
    }

    private static Optional<byte[]> byStream(InetSocketAddress server, DnsMessage query, int id) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) TRY_LIMIT.toMillis());
            socket.connect(server, (int) TRY_LIMIT.toMillis());
            DnsStream.write(new DataOutputStream(socket.getOutputStream()), DnsMessage.withId(query.bytes(), id));
            byte[] answer = DnsStream.read(new DataInputStream(socket.getInputStream()));
            return query.isAnsweredBy(answer, id) ? Optional.of(answer) : Optional.empty();
        }
    }
}
