package dev.longshore.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * How a cluster on this machine was started.
 *
 * @param store    "embedded", "etcd" (started by up), or the URLs of an etcd that runs elsewhere
 * @param port     of the Kubernetes API; gRPC listens on the next
 * @param nodeName under which this machine is a node
 * @param schedulerConfig the file that configures the scheduler; "" for none
 */
record Settings(String store, int port, String nodeName, String schedulerConfig) {
    /** With a scheduler as it is without configuration. */
    Settings(String store, int port, String nodeName) {
        this(store, port, nodeName, "");
    }

    int grpcPort() {
        return port + 1;
    }

    /** Of the etcd that {@code up} starts; its peer port is the next. */
    int etcdPort() {
        return port + 2;
    }

    /** Whether processes of other machines may use the store, too, so that a leader among them has to be elected. */
    boolean storeIsShared() {
        return !store.equals("embedded") && !store.equals("etcd");
    }

    void save(Path file) {
        Properties properties = new Properties();
        properties.setProperty("store", store);
        properties.setProperty("port", Integer.toString(port));
        properties.setProperty("nodeName", nodeName);
        properties.setProperty("schedulerConfig", schedulerConfig);
        try {
            StringWriter text = new StringWriter();
            properties.store(text, null);
            Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws CommandFailure when the file is absent or damaged */
    static Settings load(Path file) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(DataDirectory.readIfPresent(file)));
            String port = properties.getProperty("port", "");
            String store = properties.getProperty("store", "");
            String nodeName = properties.getProperty("nodeName", "");
            if (!port.matches("[0-9]{1,5}") || store.isEmpty() || nodeName.isEmpty()) {
                throw new CommandFailure(
                        "the settings file " + file + " is absent or damaged; run 'longshore up' again");
            }
            return new Settings(store, Integer.parseInt(port), nodeName,
                    properties.getProperty("schedulerConfig", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
