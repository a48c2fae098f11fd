package dev.longshore.controllers.deployment;

import com.google.protobuf.CodedOutputStream;
import dev.longshore.api.core.v1.PodTemplateSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The short name of a pod template: FNV-1a (32 bit) over its bytes with maps in key order, and the collision count.
 * Clients rely on the label's presence and stability, not on its value, so it need not be what another server would
 * compute. The alphabet is that of Kubernetes' safe names: no vowels, nothing that reads like a word or like another
 * character.
 */
final class TemplateHash {
    static final String LABEL = "pod-template-hash";

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int OFFSET_BASIS = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    private TemplateHash() {
    }

    static String of(PodTemplateSpec template, int collisionCount) {
        int hash = OFFSET_BASIS;
        for (byte b : bytes(bare(template))) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        for (int shift = 0; collisionCount > 0 && shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (int) ((long) collisionCount >>> shift & 0xff)) * PRIME;
        }
        StringBuilder text = new StringBuilder();
        Integer.toUnsignedString(hash).chars().forEach(c -> text.append(ALPHABET.charAt(c % ALPHABET.length())));
        return text.toString();
    }

    /** Whether two templates ask for the same pods; the hash label is ours and does not count. */
    static boolean same(PodTemplateSpec left, PodTemplateSpec right) {
        return bare(left).equals(bare(right));
    }

    private static PodTemplateSpec bare(PodTemplateSpec template) {
        PodTemplateSpec.Builder builder = template.toBuilder();
        // Touching the builder makes absent metadata equal to empty metadata.
        builder.getMetadataBuilder().removeLabels(LABEL).clearCreationTimestamp();
        return builder.build();
    }

    private static byte[] bytes(PodTemplateSpec template) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            template.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
