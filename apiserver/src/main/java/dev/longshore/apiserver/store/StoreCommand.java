package dev.longshore.apiserver.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** What waits for the writer of an {@link EmbeddedStore}. */
sealed interface StoreCommand {
    /** Tells the caller that it was not done. */
    void refuse(StoreException reason);

    /** A write of one key; many share one commit. */
    sealed interface Write extends StoreCommand {
        String key();

        CompletableFuture<WriteResult> answer();

        @Override
        default void refuse(StoreException reason) {
            answer().completeExceptionally(reason);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Put(String key, byte[] value, OptionalLong expected, Optional<Store.Lease> lease,
            CompletableFuture<WriteResult> answer) implements Write {}

    record Delete(String key, OptionalLong expected, CompletableFuture<WriteResult> answer) implements Write {}

    record Compact(long revision, CompletableFuture<Void> answer) implements StoreCommand {
        @Override
        public void refuse(StoreException reason) {
            answer.completeExceptionally(reason);
        }
    }

    record Grant(Duration timeToLive, CompletableFuture<Store.Lease> answer) implements StoreCommand {
        @Override
        public void refuse(StoreException reason) {
            answer.completeExceptionally(reason);
        }
    }

    record Revoke(Store.Lease lease, CompletableFuture<Void> answer) implements StoreCommand {
        @Override
        public void refuse(StoreException reason) {
            answer.completeExceptionally(reason);
        }
    }

    /** A lease's time may be over. */
    record LeaseDue(long id) implements StoreCommand {
        @Override
        public void refuse(StoreException reason) {
            // the timer of the next start of the store will find it
        }
    }

    /** Ends the writer. */
    record Stop() implements StoreCommand {
        @Override
        public void refuse(StoreException reason) {
            // it is what the caller wants
        }
    }
}
