package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Times;
import dev.longshore.common.time.Randomness;
import java.time.Instant;

/**
 * What the server itself writes into an object's metadata. Pure but for the random numbers it is given.
 */
final class Metadata {
    /** Letters that spell no words (source: Kubernetes API, generateName). */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    private static final int MAX_PREFIX_LENGTH = 63 - SUFFIX_LENGTH;

    private Metadata() {
    }

    /** A name that starts with the prefix. */
    static String generate(String prefix, Randomness randomness) {
        StringBuilder name = new StringBuilder(
                prefix.length() > MAX_PREFIX_LENGTH ? prefix.substring(0, MAX_PREFIX_LENGTH) : prefix);
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            name.append(ALPHABET.charAt(randomness.below(ALPHABET.length())));
        }
        return name.toString();
    }

    /** The metadata of a new object. Whatever only the server may say is overwritten; managedFields are not tracked. */
    static ObjectMeta ofNew(ObjectMeta sent, boolean countsGenerations, Instant now, Randomness randomness) {
        ObjectMeta.Builder meta = sent.toBuilder().clearSelfLink().clearResourceVersion().clearDeletionTimestamp()
                .clearDeletionGracePeriodSeconds().clearManagedFields().clearGeneration()
                .setUid(randomness.uuid()).setCreationTimestamp(Times.time(now));
        if (countsGenerations) {
            meta.setGeneration(1);
        }
        return meta.build();
    }

    /**
     * The metadata of a changed object: what only the server may say stays as stored. Marks of deletion that were sent
     * are left for validation to compare.
     */
    static ObjectMeta ofUpdate(ObjectMeta sent, ObjectMeta stored) {
        ObjectMeta.Builder meta = sent.toBuilder().clearSelfLink().clearManagedFields().clearGeneration()
                .setName(stored.getName()).setNamespace(stored.getNamespace()).setUid(stored.getUid())
                .setResourceVersion(stored.getResourceVersion()).setCreationTimestamp(stored.getCreationTimestamp());
        if (stored.getNamespace().isEmpty()) {
            meta.clearNamespace();
        }
        if (stored.hasGeneration()) {
            meta.setGeneration(stored.getGeneration());
        }
        if (stored.hasDeletionTimestamp() && !sent.hasDeletionTimestamp()) {
            meta.setDeletionTimestamp(stored.getDeletionTimestamp());
        }
        if (stored.hasDeletionGracePeriodSeconds() && !sent.hasDeletionGracePeriodSeconds()) {
            meta.setDeletionGracePeriodSeconds(stored.getDeletionGracePeriodSeconds());
        }
        return meta.build();
    }

    /** Whether a version of the request is to be compared with the stored one; "0" names none. */
    static boolean hasVersion(ObjectMeta sent) {
        return !sent.getResourceVersion().isEmpty() && !sent.getResourceVersion().equals("0");
    }

    static <T extends Message> T nextGeneration(ResourceType<T> type, T object) {
        ObjectMeta meta = type.meta(object);
        return type.withMeta(object, meta.toBuilder().setGeneration(meta.getGeneration() + 1).build());
    }

    /** The object under the name of the request; fails with BAD_REQUEST when it calls itself otherwise. */
    static <T extends Message> T under(ResourceType<T> type, ObjectKey key, T object) {
        ObjectMeta meta = type.meta(object);
        if (!meta.getName().isEmpty() && !meta.getName().equals(key.name())) {
            throw ApiException.badRequest("the name of the object (" + meta.getName()
                    + ") does not match the name on the URL (" + key.name() + ")");
        }
        if (!meta.getNamespace().isEmpty() && !meta.getNamespace().equals(key.namespace())) {
            throw ApiException.badRequest("the namespace of the object (" + meta.getNamespace()
                    + ") does not match the namespace on the URL (" + key.namespace() + ")");
        }
        ObjectMeta.Builder named = meta.toBuilder().setName(key.name());
        if (!key.namespace().isEmpty()) {
            named.setNamespace(key.namespace());
        }
        return type.withMeta(object, named.build());
    }
}
