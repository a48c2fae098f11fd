package dev.longshore.agent.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes an image of one layer as an OCI image layout in a tar file (OCI image specification 1.0), without a
 * registry or
 * a daemon. The same content gives the same bytes, and so the same digest.
 */
public final class OciImageWriter {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private OciImageWriter() {
    }

    private record Blob(String digest, byte[] bytes) {}

    /** Writes the archive and answers the digest of the image's manifest, {@code sha256:...}. */
    public static String write(ImageContent content, Path archive) throws IOException {
        Blob layer = blob(layer(content));
        Blob config = blob(config(content, layer.digest()).getBytes(StandardCharsets.UTF_8));
        Blob manifest = blob(("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor(CONFIG, config) + ",\"layers\":[" + descriptor(LAYER, layer) + "]}")
                .getBytes(StandardCharsets.UTF_8));
        String index = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\""
                + manifest.digest() + "\",\"size\":" + manifest.bytes().length
                + ",\"annotations\":{\"io.containerd.image.name\":" + json(content.name())
                + ",\"org.opencontainers.image.ref.name\":" + json(tag(content.name())) + "}}]}";
        try (OutputStream out = Files.newOutputStream(archive); TarWriter tar = new TarWriter(out)) {
            tar.file("oci-layout", 0644, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
            tar.file("index.json", 0644, index.getBytes(StandardCharsets.UTF_8));
            tar.directory("blobs", 0755);
            tar.directory("blobs/sha256", 0755);
            for (Blob item : List.of(config, layer, manifest)) {
                tar.file("blobs/sha256/" + item.digest().substring("sha256:".length()), 0644, item.bytes());
            }
        }
        return manifest.digest();
    }

    private static byte[] layer(ImageContent content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (String directory : directories(content)) {
                tar.directory(directory, directory.equals("tmp") ? 01777 : 0755);
            }
            for (var file : content.files().entrySet()) {
                tar.file(file.getKey().substring(1), 0755, Files.readAllBytes(file.getValue()));
            }
            for (var text : content.texts().entrySet()) {
                tar.file(text.getKey().substring(1), 0644, text.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (var link : content.links().entrySet()) {
                tar.symlink(link.getKey().substring(1), link.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** Every parent of an entry, parents first, and those that programs expect to be there. */
    private static SortedSet<String> directories(ImageContent content) {
        SortedSet<String> directories = new TreeSet<>(List.of("dev", "etc", "proc", "root", "sys", "tmp", "var"));
        List.of(content.files().keySet(), content.texts().keySet(), content.links().keySet())
                .forEach(paths -> paths.forEach(path -> {
                    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                        directories.add(path.substring(1, slash));
                    }
                }));
        return directories;
    }

    private static String config(ImageContent content, String layerDigest) {
        String stop = content.stopSignal().isEmpty() ? "" : ",\"StopSignal\":" + json(content.stopSignal());
        return "{\"created\":\"1970-01-01T00:00:00Z\",\"architecture\":\"" + architecture()
                + "\",\"os\":\"linux\",\"config\":{\"Env\":" + json(content.env()) + ",\"Entrypoint\":"
                + json(content.entrypoint()) + ",\"Cmd\":" + json(content.command()) + ",\"WorkingDir\":\"/\"" + stop
                + "},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + layerDigest + "\"]}}";
    }

    /** The machine's architecture in Go's words, which OCI uses. */
    public static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
    }

    private static String descriptor(String mediaType, Blob blob) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + blob.digest() + "\",\"size\":"
                + blob.bytes().length + "}";
    }

    private static String tag(String name) {
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : "latest";
    }

    private static String json(List<String> values) {
        return values.stream().map(OciImageWriter::json).collect(Collectors.joining(",", "[", "]"));
    }

    private static String json(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static Blob blob(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Blob("sha256:" + HexFormat.of().formatHex(digest), bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
