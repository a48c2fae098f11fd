package dev.longshore.scheduler.plugins;

import dev.longshore.scheduler.explain.Verdict;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** The first verdict against each node, by slot. */
public final class Rejections {
    private Verdict[] verdicts = new Verdict[0];

    public void ensure(int slots) {
        if (slots > verdicts.length) {
            verdicts = Arrays.copyOf(verdicts, Math.max(slots, verdicts.length * 2));
        }
    }

    /** Takes {@code slot} out of the candidates for this reason. */
    public void reject(BitSet candidates, int slot, Verdict verdict) {
        candidates.clear(slot);
        verdicts[slot] = verdict;
    }

    /** Keeps of the candidates those in {@code fit}; the others have this verdict. */
    public void retain(BitSet candidates, BitSet fit, Verdict verdict) {
        for (int slot = candidates.nextSetBit(0); slot >= 0; slot = candidates.nextSetBit(slot + 1)) {
            if (!fit.get(slot)) {
                reject(candidates, slot, verdict);
            }
        }
    }

    /** Takes out of the candidates those in {@code unfit}, with this verdict. */
    public void remove(BitSet candidates, BitSet unfit, Verdict verdict) {
        for (int slot = candidates.nextSetBit(0); slot >= 0; slot = candidates.nextSetBit(slot + 1)) {
            if (unfit.get(slot)) {
                reject(candidates, slot, verdict);
            }
        }
    }

    public void clear(BitSet scope) {
        for (int slot = scope.nextSetBit(0); slot >= 0; slot = scope.nextSetBit(slot + 1)) {
            verdicts[slot] = null;
        }
    }

    public Optional<Verdict> of(int slot) {
        return Optional.ofNullable(verdicts[slot]);
    }
}
