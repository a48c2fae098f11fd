package dev.longshore.client.grpc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A client's certificate, its key, and the authority that must have signed the server's; each PEM text.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ClientTls(byte[] authority, byte[] certificate, byte[] key) {
    /** From the files {@code ca.crt}, {@code NAME.crt} and {@code NAME.key} of a directory. */
    public static ClientTls read(Path directory, String name) throws IOException {
        return new ClientTls(Files.readAllBytes(directory.resolve("ca.crt")),
                Files.readAllBytes(directory.resolve(name + ".crt")),
                Files.readAllBytes(directory.resolve(name + ".key")));
    }

    @Override
    public String toString() {
        return "ClientTls[...]";
    }
}
