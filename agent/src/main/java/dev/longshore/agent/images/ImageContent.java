package dev.longshore.agent.images;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What goes into an image.
 *
 * @param name       the full name that containers use: {@code localhost/longshore/pause:1}
 * @param files      where a file comes from on this machine, by its absolute path in the image; mode 0755
 * @param texts      files given as text, by path; mode 0644
 * @param links      targets of symbolic links, by path
 * @param env        {@code NAME=value}
 * @param stopSignal "" for the runtime's own choice
 */
public record ImageContent(String name, SortedMap<String, Path> files, SortedMap<String, String> texts,
        SortedMap<String, String> links, List<String> entrypoint, List<String> command, List<String> env,
        String stopSignal) {
    /** The shell's words that the demo image offers from busybox. */
    private static final List<String> APPLETS = List.of("ash", "cat", "chmod", "cp", "cut", "date", "df", "echo", "env",
            "false", "find", "free", "getopt", "grep", "head", "hostname", "httpd", "id", "ifconfig", "ip", "kill",
            "killall", "less", "ln", "ls", "md5sum", "mkdir", "mount", "mv", "nc", "netstat", "nproc", "nslookup",
            "pgrep",
            "ping", "printf", "ps", "pwd", "readlink", "rm", "route", "sed", "seq", "sh", "sha256sum", "sleep", "sort",
            "stat", "sync", "tail", "tar", "tee", "telnet", "test", "time", "timeout", "top", "touch", "tr", "true",
            "uname", "uniq", "uptime", "vi", "wc", "wget", "which", "whoami", "xargs", "yes");

    public ImageContent {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        env = List.copyOf(env);
    }

    /**
     * A pod's first process: it ends on SIGTERM, and reaps what is reparented to it where the pod shares its process
     * namespace. A shell does both, while it waits for a child that never ends.
     */
    public static ImageContent pause(String name, Path busybox) {
        return new ImageContent(name, new TreeMap<>(Map.of("/bin/busybox", busybox)), new TreeMap<>(), new TreeMap<>(),
                List.of("/bin/busybox", "sh", "-c",
                        "trap 'exit 0' TERM INT; while :; do /bin/busybox sleep 2147483647 & wait $!; done"),
                List.of(), List.of("PATH=/bin"), "SIGTERM");
    }

    /** A small image with a shell, a web server and the usual commands. */
    public static ImageContent shell(String name, Path busybox, SortedMap<String, String> texts) {
        SortedMap<String, String> links = new TreeMap<>();
        APPLETS.forEach(applet -> links.put("/bin/" + applet, "/bin/busybox"));
        SortedMap<String, String> all = new TreeMap<>(texts);
        all.putIfAbsent("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n");
        all.putIfAbsent("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
        return new ImageContent(name, new TreeMap<>(Map.of("/bin/busybox", busybox)), all, links, List.of(),
                List.of("/bin/sh"), List.of("PATH=/bin:/usr/bin:/sbin:/usr/sbin"), "");
    }
}
