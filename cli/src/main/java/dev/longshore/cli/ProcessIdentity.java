package dev.longshore.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a process from every other of every machine, and lets a later process of the same machine see that it has
 * ended. Which machine: the id of its current boot, and of the namespace in which the process has its number.
 */
record ProcessIdentity(String machine, long pid, String startTime) {
    private static final String ENDED = "ended";
    private static final Pattern TEXT = Pattern.compile(".*_([0-9a-f-]+\\.[0-9]+)_([0-9]+)_([0-9]+)_.*");

    /** This process; where the system does not tell its machine, it is never known to have ended. */
    static ProcessIdentity own() {
        long pid = ProcessHandle.current().pid();
        return new ProcessIdentity(thisMachine(), pid, startTime(pid));
    }

    /**
     * Names one candidate of this process.
     *
     * @param host      tells people where it runs
     * @param candidate tells it from others of the same process
     */
    String text(String host, String candidate) {
        return host + "_" + machine + "_" + pid + "_" + startTime + "_" + candidate;
    }

    /** Whether {@link #text} is of a process of this machine that has ended; false where that cannot be known. */
    static boolean hasEnded(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() && parts.group(1).equals(thisMachine())
                && !startTime(Long.parseLong(parts.group(2))).equals(parts.group(3));
    }

    private static String thisMachine() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return boot + "." + namespace.replaceAll("[^0-9]", "");
        } catch (IOException _) {
            return "";
        }
    }

    /**
     * When a process started, in clock ticks since boot (Linux, proc(5): field 22 of {@code /proc/PID/stat}): no later
     * process of the same number repeats it. Of one that has ended, waited for or not, {@code ended}.
     */
    static String startTime(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") || fields[0].equals("X") ? ENDED : fields[19];
        } catch (IOException _) {
            return ENDED;
        }
    }
}
