package dev.longshore.cli;

import dev.longshore.agent.images.ImageContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The images that a machine makes itself, because a node must run pods where no registry can be reached: the pause image
 * that every pod needs (made by the agent), and the example's. Both are Debian's static busybox and a few scripts.
 */
final class Images {
    /** Every pod's first process. */
    static final String PAUSE = "images.longshore.dev/pause:1";

    private static final String HELLO = "images.longshore.dev/hello";
    private static final List<String> HELLO_TAGS = List.of("1.0", "2.0");
    private static final String RESOURCES = "/images/hello";
    private static final List<String> HELLO_FILES = List.of("/bin/serve", "/www/cgi-bin/hello", "/www/cgi-bin/peer");

    private Images() {
    }

    /** The example's images; none on a machine without busybox. {@code directory} keeps their files. */
    static List<ImageContent> examples(Path directory) throws IOException {
        Optional<Path> busybox = Packages.find("busybox");
        if (busybox.isEmpty()) {
            return List.of();
        }
        List<ImageContent> contents = new ArrayList<>();
        for (String tag : HELLO_TAGS) {
            contents.add(hello(tag, busybox.get(), directory));
        }
        return contents;
    }

    private static ImageContent hello(String tag, Path busybox, Path directory) throws IOException {
        ImageContent shell = ImageContent.shell(HELLO + ":" + tag, busybox,
                new TreeMap<>(Map.of("/www/tag", tag + "\n")));
        SortedMap<String, Path> files = new TreeMap<>(shell.files());
        for (String file : HELLO_FILES) {
            files.put(file, extract(file, directory.resolve("files")));
        }
        return new ImageContent(shell.name(), files, shell.texts(), shell.links(), List.of(), List.of("/bin/serve"),
                shell.env(), shell.stopSignal());
    }

    private static Path extract(String file, Path directory) throws IOException {
        Path target = directory.resolve(file.substring(1));
        Files.createDirectories(target.getParent());
        try (InputStream in = Images.class.getResourceAsStream(RESOURCES + file)) {
            if (in == null) {
                throw new IOException("the program lacks its resource " + RESOURCES + file);
            }
            Files.write(target, in.readAllBytes());
        }
        return target;
    }
}
