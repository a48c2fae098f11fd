package dev.longshore.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a cluster could leave behind on a machine: processes, mounts, network namespaces, links, nftables, cgroups, files.
 */
record MachineState(Set<String> processes, Set<String> mounts, Set<String> networkNamespaces, Set<String> links,
        Set<String> nftables, Set<String> cgroups, Set<String> files) {

    private static final Set<String> PROGRAMS = Set.of("containerd", "containerd-shim", "containerd-shim-runc-v2",
            "etcd",
            "runc", "java", "busybox", "httpd", "pause", "serve");

    static MachineState now() {
        Shell shell = new Shell(Map.of());
        return new MachineState(ourProcesses(), lines("/proc/self/mountinfo", 4), lines(shell, "ip", "netns", "list"),
                links(shell), lines(shell, "nft", "list", "tables"), topCgroups(), topFiles());
    }

    /** What is here now and was not in {@code before}. */
    MachineState minus(MachineState before) {
        return new MachineState(without(processes, before.processes), without(mounts, before.mounts),
                without(networkNamespaces, before.networkNamespaces), without(links, before.links),
                without(nftables, before.nftables), without(cgroups, before.cgroups), without(files, before.files));
    }

    boolean isEmpty() {
        return Stream.of(processes, mounts, networkNamespaces, links, nftables, cgroups, files).allMatch(Set::isEmpty);
    }

    private static Set<String> without(Set<String> now, Set<String> before) {
        Set<String> rest = new TreeSet<>(now);
        rest.removeAll(before);
        return rest;
    }

    private static Set<String> ourProcesses() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info().command()
                        .map(command -> PROGRAMS.contains(Path.of(command).getFileName().toString())).orElse(false))
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .map(handle -> handle.pid() + " " + handle.info().commandLine().orElse("?"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> links(Shell shell) {
        return lines(shell, "ip", "-o", "link", "show").stream().map(line -> line.split(": ")[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> topCgroups() {
        Set<String> found = new TreeSet<>();
        for (String root : new String[]{"/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/cpu",
                "/sys/fs/cgroup/pids", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"}) {
            children(root).forEach(found::add);
        }
        return found;
    }

    private static Set<String> topFiles() {
        Set<String> found = new TreeSet<>();
        for (String root : new String[]{"/var/lib", "/var/log", "/run", "/etc", "/etc/cni", "/etc/cni/net.d", "/opt",
                "/var/lib/cni", "/var/run/netns", "/usr/local/bin"}) {
            children(root).forEach(found::add);
        }
        return found;
    }

    private static Stream<String> children(String directory) {
        try (Stream<Path> entries = Files.list(Path.of(directory))) {
            return entries.map(Path::toString).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Set<String> lines(String file, int field) {
        try {
            return Files.readAllLines(Path.of(file)).stream().map(line -> line.split(" ")[field])
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> lines(Shell shell, String... command) {
        return Arrays.stream(shell.run(command).out().split("\n")).map(String::strip)
                .filter(line -> !line.isEmpty()).collect(Collectors.toCollection(TreeSet::new));
    }
}
