package dev.longshore.apiserver;

import dev.longshore.apiserver.store.EtcdConfig;
import java.nio.file.Path;

/** Where the cluster's state lies. */
public sealed interface StoreChoice {
    /** In this process's memory; gone when it ends. For tests. */
    record Memory() implements StoreChoice {}

    /** In a directory of this machine. */
    record Embedded(Path directory) implements StoreChoice {}

    record Etcd(EtcdConfig config) implements StoreChoice {}
}
