package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The first verdict against each node, by slot; or nothing, where nobody will ask for the reasons. */
public final class Rejections {
    private final boolean recording;
    private Verdict[] verdicts = new Verdict[0];

    private Rejections(boolean recording) {
        this.recording = recording;
    }

    /** Keeps the verdicts of nodes in slots below {@code slots}. */
    public static Rejections recording(int slots) {
        Rejections rejections = new Rejections(true);
        rejections.verdicts = new Verdict[slots];
        return rejections;
    }

    /** Keeps nothing. */
    public static Rejections ignored() {
        return new Rejections(false);
    }

    /** Whether reasons are wanted; where they cost something to find, they need not be found otherwise. */
    public boolean isRecording() {
        return recording;
    }

    /** Takes {@code slot} out of the candidates for this reason. */
    public void reject(BitSet candidates, int slot, Verdict verdict) {
        candidates.clear(slot);
        if (recording) {
            verdicts[slot] = verdict;
        }
    }

    /** Keeps of the candidates those in {@code fit}; the others have this verdict. */
    public void retain(BitSet candidates, BitSet fit, Verdict verdict) {
        if (recording) {
            for (int slot = candidates.nextSetBit(0); slot >= 0; slot = candidates.nextSetBit(slot + 1)) {
                if (!fit.get(slot)) {
                    verdicts[slot] = verdict;
                }
            }
        }
        candidates.and(fit);
    }

    /** Takes out of the candidates those in {@code unfit}, with this verdict. */
    public void remove(BitSet candidates, BitSet unfit, Verdict verdict) {
        if (recording) {
            for (int slot = candidates.nextSetBit(0); slot >= 0; slot = candidates.nextSetBit(slot + 1)) {
                if (unfit.get(slot)) {
                    verdicts[slot] = verdict;
                }
            }
        }
        candidates.andNot(unfit);
    }

    public Optional<Verdict> of(int slot) {
        return Optional.ofNullable(verdicts[slot]);
    }

    /** Every verdict, in the order of the slots. */
    public Stream<Verdict> all() {
        return Arrays.stream(verdicts).filter(Objects::nonNull);
    }
}
