package dev.longshore.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Under which address other machines reach this one. */
final class Addresses {
    /** Interfaces that containers and tunnels make, whose addresses mean nothing elsewhere. */
    private static final List<String> VIRTUAL = List.of("docker", "br-", "veth", "longshore", "cni", "flannel",
            "virbr");

    private Addresses() {
    }

    /** The address of the interface with the default route; else the first that is not loopback or virtual. */
    static String ofThisMachine() {
        try {
            Optional<String> byRoute = defaultRouteInterface().flatMap(Addresses::addressOf);
            if (byRoute.isPresent()) {
                return byRoute.get();
            }
            return NetworkInterface.networkInterfaces().filter(face -> !isVirtual(face.getName()))
                    .flatMap(face -> addressOf(face.getName()).stream()).findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            "this machine has no IPv4 address besides loopback; give one with --address"));
        } catch (IOException e) {
            throw new CommandFailure("cannot read this machine's network interfaces: " + e.getMessage());
        }
    }

    /** The machine's host name in small letters, as object names want it. */
    static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isVirtual(String name) {
        return VIRTUAL.stream().anyMatch(name::startsWith);
    }

    /** The interface of the route to 0.0.0.0/0 (Linux, /proc/net/route: destination and mask in hexadecimal). */
    private static Optional<String> defaultRouteInterface() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/route")).stream().skip(1).map(line -> line.split("\t"))
                .filter(fields -> fields.length > 7 && fields[1].equals("00000000") && fields[7].equals("00000000"))
                .map(fields -> fields[0]).findFirst();
    }

    private static Optional<String> addressOf(String name) {
        try {
            NetworkInterface face = NetworkInterface.getByName(name);
            if (face == null || !face.isUp()) {
                return Optional.empty();
            }
            return face.inetAddresses().filter(Inet4Address.class::isInstance)
                    .filter(address -> !address.isLoopbackAddress()).map(InetAddress::getHostAddress).findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
