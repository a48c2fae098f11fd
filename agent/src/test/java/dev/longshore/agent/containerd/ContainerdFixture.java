package dev.longshore.agent.containerd;

import dev.longshore.agent.images.ImageContent;
import dev.longshore.agent.images.ImageImport;
import dev.longshore.agent.images.OciImageWriter;
import dev.longshore.agent.runtime.ContainerView;
import dev.longshore.agent.runtime.CriChannel;
import dev.longshore.agent.runtime.CriRuntime;
import dev.longshore.agent.runtime.SandboxView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** A real containerd in a directory of its own, with a network and two local images, taken down completely by close. */
public final class ContainerdFixture implements AutoCloseable {
    public static final String PAUSE = "localhost/longshore/pause:1";
    public static final String SHELL = "localhost/longshore/hello:1";

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private final Path directory;
    private final String bridge;
    private final Containerd containerd;
    private final CriChannel channel;
    private final CriRuntime runtime;

    public ContainerdFixture(Path directory, int subnet) throws IOException, InterruptedException {
        this.directory = directory;
        this.bridge = "lstest" + subnet;
        Path cni = Files.createDirectories(directory.resolve("cni"));
        Files.writeString(cni.resolve("10-test.conflist"), conflist(subnet));
        containerd = new Containerd(new ContainerdConfig(Files.createDirectories(directory.resolve("ctd")),
                directory.resolve("run"), "containerd", PAUSE,
                List.of(Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin")),
                cni));
        containerd.ensureRunning();
        channel = new CriChannel(containerd.config().socket());
        runtime = new CriRuntime(channel.channel());
        loadImages();
    }

    private void loadImages() throws IOException, InterruptedException {
        ImageImport images = new ImageImport(containerd.config().socket(), "overlayfs");
        Path archive = directory.resolve("image.tar");
        OciImageWriter.write(ImageContent.pause(PAUSE, BUSYBOX), archive);
        images.load(archive);
        OciImageWriter.write(ImageContent.shell(SHELL, BUSYBOX, new TreeMap<>()), archive);
        images.load(archive);
    }

    private String conflist(int subnet) {
        return """
                {"cniVersion":"0.4.0","name":"%s","plugins":[{"type":"bridge","bridge":"%s","isGateway":true,
                "ipam":{"type":"host-local","dataDir":"%s","ranges":[[{"subnet":"10.250.%d.0/24"}]],
                "routes":[{"dst":"0.0.0.0/0"}]}},{"type":"loopback"}]}
                """.formatted(bridge, bridge, directory.resolve("ipam"), subnet);
    }

    public CriRuntime runtime() {
        return runtime;
    }

    public Containerd containerd() {
        return containerd;
    }

    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws Exception {
        for (ContainerView container : runtime.containers()) {
            runtime.stopContainer(container.id(), Duration.ZERO);
            runtime.removeContainer(container.id());
        }
        for (SandboxView sandbox : runtime.sandboxes()) {
            runtime.stopSandbox(sandbox.id());
            runtime.removeSandbox(sandbox.id());
        }
        channel.close();
        containerd.stop();
        new ProcessBuilder("ip", "link", "delete", bridge).start().waitFor();
    }
}
