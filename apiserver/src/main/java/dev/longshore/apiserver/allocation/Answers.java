package dev.longshore.apiserver.allocation;

import java.util.concurrent.CompletableFuture;

/** Waits for the store and turns its failures into what a client sees. */
@FunctionalInterface
public interface Answers {
    <V> V await(CompletableFuture<? extends V> answer);
}
