package dev.longshore.agent.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Loads image archives into containerd where CRI finds them, through {@code ctr}, which ships with containerd. */
public final class ImageImport {
    private static final String CRI_NAMESPACE = "k8s.io";
    private static final int LIMIT_SECONDS = 120;

    private final Path socket;
    private final String snapshotter;

    public ImageImport(Path socket, String snapshotter) {
        this.socket = socket;
        this.snapshotter = snapshotter;
    }

    /** Loads every image of an OCI or Docker archive. Loading one that is there changes nothing. */
    public void load(Path archive) throws IOException, InterruptedException {
        ctr(List.of("images", "import", "--snapshotter", snapshotter, archive.toString()));
    }

    private String ctr(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ctr", "--address", socket.toString(), "-n", CRI_NAMESPACE));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("ctr took longer than " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("ctr " + arguments.getFirst() + " failed: " + output.strip());
        }
        return output;
    }
}
