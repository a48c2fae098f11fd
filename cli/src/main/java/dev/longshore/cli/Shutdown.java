package dev.longshore.cli;

import dev.longshore.agent.AgentPurge;
import dev.longshore.agent.NodeNetwork;
import dev.longshore.common.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Ends a cluster on this machine, in reverse order of its start. */
final class Shutdown {
    private static final Duration PROCESS_LIMIT = Duration.ofSeconds(30);
    private static final Duration PODS_LIMIT = Duration.ofMinutes(2);

    private final Terminal terminal;
    private final DataDirectory directory;

    Shutdown(Terminal terminal, DataDirectory directory) {
        this.terminal = terminal;
        this.directory = directory;
    }

    void run(boolean purge) throws Exception {
        BackgroundProcess process = new BackgroundProcess(directory.processFile());
        boolean ran = process.running().isPresent();
        if (!process.stop(PROCESS_LIMIT, terminal.waiting())) {
            terminal.say("the cluster's process did not end by itself and was killed");
        }
        Files.deleteIfExists(directory.processFile());
        Files.deleteIfExists(directory.progressFile());
        NodePlaces places = NodePlaces.of("this-node", "127.0.0.1", directory.agent());
        stopNode(places, purge);
        if (Files.exists(directory.settings())) {
            new EtcdProcess(directory, Settings.load(directory.settings())).stop(terminal);
        }
        MachineClaim.release(directory);
        if (purge) {
            FileTree.delete(directory.root());
            terminal.print("Longshore is stopped, and its data in " + directory.root() + " is deleted.");
        } else {
            terminal.print(ran
                    ? "Longshore is stopped; 'longshore up' brings it back."
                    : "Longshore was not running; what was left of it is stopped.");
        }
    }

    private void stopNode(NodePlaces places, boolean purge) throws Exception {
        AgentPurge agent = new AgentPurge(places.agent(), terminal.environment().tasks());
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread work = Thread.ofVirtual().start(() -> {
            try {
                if (purge) {
                    agent.purge();
                } else {
                    agent.stopAll();
                }
                NodeNetwork.cleanup(places.network(), terminal.environment());
            } catch (IOException e) {
                failure.set(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        if (!terminal.progress("stopping the pods", () -> !work.isAlive(), PODS_LIMIT)) {
            throw new CommandFailure("the pods did not stop within " + PODS_LIMIT.toSeconds() + " s");
        }
        if (failure.get() != null) {
            throw new CommandFailure("cannot stop everything: " + failure.get().getMessage());
        }
    }
}
