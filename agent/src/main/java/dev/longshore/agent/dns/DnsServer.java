package dev.longshore.agent.dns;

import dev.longshore.common.lifecycle.Component;
import dev.longshore.common.time.Environment;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers DNS by datagram and by stream. It starts at once and listens as soon as the address is there, because the pod
 * network brings it only when the node has been given its pods' network.
 */
public final class DnsServer implements Component {
    private static final System.Logger LOG = System.getLogger(DnsServer.class.getName());
    private static final Duration BIND_RETRY = Duration.ofMillis(500);
    private static final int CONNECTION_IDLE_MILLIS = 10_000;
    private static final int CONNECTION_LIMIT = 128;
    private static final int FORWARD_LIMIT = 256;
    private static final int DATAGRAM_LIMIT = 4_096;
    private static final int BACKLOG = 64;
    private static final int LOOPS = 2;

    private final InetSocketAddress address;
    private final Responder responder;
    private final Environment environment;
    private final Semaphore forwards = new Semaphore(FORWARD_LIMIT);
    private final Semaphore connections = new Semaphore(CONNECTION_LIMIT);
    private final CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(LOOPS);
    private Optional<Sockets> sockets = Optional.empty();
    private boolean stopping;

    /**
     * @param address   where to listen; with port 0 one that is free is taken
     * @param zone      the cluster's domain: {@code cluster.local}
     * @param upstreams who knows other names, in the order to ask
     */
    public DnsServer(InetSocketAddress address, String zone, InformerNames names, List<InetSocketAddress> upstreams,
            Environment environment) {
        this(address, new Responder(new ClusterZone(zone, names), names, new Forwarder(upstreams, environment)),
                environment);
    }

    DnsServer(InetSocketAddress address, Responder responder, Environment environment) {
        this.address = address;
        this.responder = responder;
        this.environment = environment;
    }

    private record Sockets(DatagramSocket datagrams, ServerSocket streams) {
        void close() {
            datagrams.close();
            try {
                streams.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "component=dns close failed: " + e.getMessage());
            }
        }
    }

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public void start() {
        environment.tasks().execute(this::listen);
    }

    /** Completes with the address once questions are answered. */
    public CompletableFuture<InetSocketAddress> listening() {
        return listening.copy();
    }

    @Override
    public synchronized void beginStop() {
        stopping = true;
        sockets.ifPresent(Sockets::close);
    }

    @Override
    public boolean awaitStopped(Duration limit) throws InterruptedException {
        synchronized (this) {
            if (sockets.isEmpty()) {
                return true;
            }
        }
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void listen() {
        if (stopping) {
            return;
        }
        try {
            Sockets opened = open();
            sockets = Optional.of(opened);
            environment.tasks().execute(() -> datagramLoop(opened.datagrams()));
            environment.tasks().execute(() -> acceptLoop(opened.streams()));
            listening.complete((InetSocketAddress) opened.datagrams().getLocalSocketAddress());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "component=dns address=" + address + " not there yet: "
                    + e.getMessage());
            environment.timers().after(BIND_RETRY, () -> environment.tasks().execute(this::listen));
        }
    }

    private Sockets open() throws IOException {
        DatagramSocket datagrams = new DatagramSocket(address);
        try {
            ServerSocket streams = new ServerSocket();
            streams.setReuseAddress(true);
            streams.bind(datagrams.getLocalSocketAddress(), BACKLOG);
            return new Sockets(datagrams, streams);
        } catch (IOException e) {
            datagrams.close();
            throw e;
        }
    }

    private void datagramLoop(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_LIMIT], DATAGRAM_LIMIT);
        try {
            while (!socket.isClosed()) {
                packet.setLength(DATAGRAM_LIMIT);
                receive(socket, packet);
            }
        } finally {
            ended.countDown();
        }
    }

    /** Whatever one datagram does must not end the loop. */
    private void receive(DatagramSocket socket, DatagramPacket packet) {
        try {
            socket.receive(packet);
            byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
            SocketAddress from = packet.getSocketAddress();
            switch (responder.begin(bytes)) {
                case Responder.Step.Reply(byte[] answer) -> reply(socket, bytes, answer, from);
                case Responder.Step.Ask ask -> forward(socket, ask, from);
                case Responder.Step.Ignore() -> {
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(socket.isClosed() ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "component=dns datagram not answered: " + e);
        }
    }

    private void forward(DatagramSocket socket, Responder.Step.Ask ask, SocketAddress from) throws IOException {
        if (!forwards.tryAcquire()) {
            reply(socket, ask.query().bytes(), Responder.failure(ask.query()), from);
            return;
        }
        environment.tasks().execute(() -> {
            try {
                reply(socket, ask.query().bytes(), responder.finish(ask, false), from);
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, () -> "component=dns answer not sent: " + e);
            } finally {
                forwards.release();
            }
        });
    }

    private static void reply(DatagramSocket socket, byte[] query, byte[] answer, SocketAddress to) throws IOException {
        byte[] fitting = DnsMessage.parse(query).filter(parsed -> answer.length > parsed.udpLimit())
                .map(DnsMessage::truncated).orElse(answer);
        socket.send(new DatagramPacket(fitting, fitting.length, to));
    }

    private void acceptLoop(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                accept(server);
            }
        } finally {
            ended.countDown();
        }
    }

    private void accept(ServerSocket server) {
        try {
            Socket socket = server.accept();
            if (connections.tryAcquire()) {
                environment.tasks().execute(() -> serve(socket));
            } else {
                socket.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "component=dns accept failed: " + e.getMessage());
        }
    }

    /** One question after the other, until the caller ends or falls silent. */
    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(CONNECTION_IDLE_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (!socket.isClosed()) {
                switch (responder.begin(DnsStream.read(in))) {
                    case Responder.Step.Reply(byte[] answer) -> DnsStream.write(out, answer);
                    case Responder.Step.Ask ask -> DnsStream.write(out, responder.finish(ask, true));
                    case Responder.Step.Ignore() -> socket.close();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "component=dns connection ended: " + e);
        } finally {
            connections.release();
        }
    }
}
