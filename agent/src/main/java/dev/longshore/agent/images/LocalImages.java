package dev.longshore.agent.images;

import dev.longshore.agent.runtime.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images that are made on this machine instead of pulled. Calls block. */
public final class LocalImages {
    private final ContainerRuntime runtime;
    private final ImageImport imports;
    private final Path workDir;

    /** @param workDir where archives are written for a moment */
    public LocalImages(ContainerRuntime runtime, ImageImport imports, Path workDir) {
        this.runtime = runtime;
        this.imports = imports;
        this.workDir = workDir;
    }

    /** Where files that go into images may be kept. */
    public Path directory() {
        return workDir;
    }

    /** Makes the image unless one of its name is here. */
    public void ensure(ImageContent content) throws IOException, InterruptedException {
        if (runtime.image(content.name()).isPresent()) {
            return;
        }
        Files.createDirectories(workDir);
        Path archive = Files.createTempFile(workDir, "image", ".tar");
        try {
            OciImageWriter.write(content, archive);
            imports.load(archive);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /** Loads an OCI or Docker archive. */
    public void load(Path archive) throws IOException, InterruptedException {
        imports.load(archive);
    }
}
