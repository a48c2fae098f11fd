package dev.longshore.agent.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Network namespaces of a test: a node with a bridge and an uplink, pods on the bridge, and an outsider on the uplink.
 * Everything, processes included, is gone after {@link #close}.
 */
public final class TestNamespaces implements AutoCloseable {
    private final String prefix;
    private final List<String> names = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    /** @param prefix of at most 6 letters, so that names of interfaces fit */
    public TestNamespaces(String prefix) {
        this.prefix = prefix + (ProcessHandle.current().pid() % 1000);
    }

    public String full(String name) {
        return prefix + name;
    }

    /** A namespace whose loopback is up. */
    public void add(String name) throws Exception {
        sh("ip netns add " + full(name));
        names.add(full(name));
        in(name, "ip link set lo up");
    }

    /** A link between two namespaces: interface {@code first} in one, {@code second} in the other. */
    public void link(String from, String first, String to, String second) throws Exception {
        sh("ip link add " + first + " netns " + full(from) + " type veth peer name " + second + " netns " + full(to));
        in(from, "ip link set " + first + " up");
        in(to, "ip link set " + second + " up");
    }

    /** A pod on the node's bridge. */
    public void pod(String node, String bridge, String pod, String address, String gateway) throws Exception {
        add(pod);
        link(node, "v" + pod, pod, "eth0");
        in(node, "ip link set v" + pod + " master " + bridge);
        in(node, "bridge link set dev v" + pod + " hairpin on");
        in(pod, "ip addr add " + address + "/24 dev eth0");
        in(pod, "ip route add default via " + gateway);
    }

    /** A server that answers each connection with {@code text}. */
    public void serve(String pod, int port, String text) throws Exception {
        Process process = new ProcessBuilder("ip", "netns", "exec", full(pod), "busybox", "nc", "-ll", "-p",
                Integer.toString(port), "-e", "/bin/echo", text).start();
        processes.add(process);
    }

    /** Starts a shell command that stays under way. */
    public Process start(String namespace, String command) throws IOException {
        Process process = new ProcessBuilder("ip", "netns", "exec", full(namespace), "sh", "-c", command).start();
        processes.add(process);
        return process;
    }

    /** What a shell command in the namespace prints, on both outputs. */
    public String in(String namespace, String command) throws Exception {
        return sh("ip netns exec " + full(namespace) + " sh -c '" + command + "'");
    }

    public List<String> enter(String namespace) {
        return List.of("ip", "netns", "exec", full(namespace));
    }

    private static String sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }

    @Override
    public void close() throws Exception {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        for (String name : names) {
            sh("ip netns del " + name);
        }
    }
}
