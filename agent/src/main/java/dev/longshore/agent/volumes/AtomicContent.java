package dev.longshore.agent.volumes;

import com.google.protobuf.ByteString;
import dev.longshore.common.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Files that change all at once: they are in a directory {@code ..VERSION}, the link {@code ..data} leads to it, and
 * what
 * a container sees are links through {@code ..data}. A new version is written beside the old one, then the link is
 * replaced by a rename (Kubernetes API, atomically updated volumes).
 */
final class AtomicContent {
    private static final String DATA = "..data";
    private static final String DATA_NEXT = "..data_tmp";

    /** A file's bytes and its permission bits. */
    record Item(ByteString bytes, int mode) {}

    private AtomicContent() {
    }

    /** Writes {@code items} by relative path; does nothing when the directory shows just these. */
    static void write(Path directory, SortedMap<String, Item> items) throws IOException {
        Files.createDirectories(directory);
        String version = "..v" + Integer.toHexString(items.hashCode());
        Path current = directory.resolve(DATA);
        if (Files.isSymbolicLink(current) && Files.readSymbolicLink(current).toString().equals(version)) {
            return;
        }
        Path next = directory.resolve(version);
        FileTree.delete(next);
        Files.createDirectories(next);
        for (var item : items.entrySet()) {
            Path file = next.resolve(item.getKey()).normalize();
            if (!file.startsWith(next)) {
                throw new IOException("path=" + item.getKey() + " leaves the volume");
            }
            Files.createDirectories(file.getParent());
            Files.write(file, item.getValue().bytes().toByteArray());
            Files.setPosixFilePermissions(file, permissions(item.getValue().mode()));
        }
        Path link = directory.resolve(DATA_NEXT);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(version));
        Files.move(link, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        show(directory, items);
        removeOthers(directory, version);
    }

    private static void show(Path directory, SortedMap<String, Item> items) throws IOException {
        List<String> names = items.keySet().stream().map(path -> path.split("/", 2)[0]).distinct().toList();
        for (String name : names) {
            Path visible = directory.resolve(name);
            if (!Files.exists(visible, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(visible, Path.of(DATA, name));
            }
        }
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.startsWith("..") && !names.contains(name)) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    private static void removeOthers(Path directory, String version) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith("..") && !name.equals(version) && !name.equals(DATA)) {
                    FileTree.delete(entry);
                }
            }
        }
    }

    /** The permissions of octal bits such as 0644. */
    static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] all = PosixFilePermission.values();
        Set<PosixFilePermission> result = EnumSet.noneOf(PosixFilePermission.class);
        // The enum lists owner, group, others, each as read, write, execute: the bits from 0400 down.
        Arrays.stream(all).filter(item -> (mode & 0400 >> item.ordinal()) != 0).forEach(result::add);
        return result;
    }
}
