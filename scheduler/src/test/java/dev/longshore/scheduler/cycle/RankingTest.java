package dev.longshore.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final int CHANGES = 5_000;
    private static final int NODES = 40;
    private static final int TOTALS = 12;

    /** Against a map of totals that is searched through. */
    @Test
    void knowsTheBestAfterEveryChange() {
        SplittableRandom random = new SplittableRandom(5);
        Ranking ranking = new Ranking(new ArrayDeque<>());
        Map<Integer, Integer> plain = new HashMap<>();
        for (int i = 0; i < CHANGES; i++) {
            int rank = random.nextInt(NODES);
            Integer before = plain.remove(rank);
            if (before != null) {
                ranking.remove(rank, before);
            } else {
                plain.put(rank, random.nextInt(TOTALS));
                ranking.add(rank, plain.get(rank));
            }
            check(ranking, plain, random.nextInt(NODES));
        }
    }

    private static void check(Ranking ranking, Map<Integer, Integer> plain, int from) {
        assertThat(ranking.size()).isEqualTo(plain.size());
        if (!plain.isEmpty()) {
            int highest = Collections.max(plain.values());
            TreeSet<Integer> best = new TreeSet<>(plain.keySet());
            best.removeIf(rank -> plain.get(rank) != highest);
            Integer next = best.ceiling(from);
            assertThat(ranking.highest()).isEqualTo(highest);
            assertThat(ranking.best()).isEqualTo(best.size());
            assertThat(ranking.bestFrom(0)).isEqualTo(best.first());
            assertThat(ranking.bestFrom(from)).isEqualTo(next == null ? Ranking.NOBODY : next);
        }
    }

    @Test
    void bucketsThatOneLeavesAreThereForTheOther() {
        ArrayDeque<BitSet> spare = new ArrayDeque<>();
        Ranking one = new Ranking(spare);
        Ranking other = new Ranking(spare);
        one.add(3, 100);
        one.add(4, 90);
        one.clear();
        assertThat(spare).hasSize(2).allMatch(BitSet::isEmpty);
        other.add(7, 5);
        assertThat(spare).hasSize(1);
        assertThat(other.bestFrom(0)).isEqualTo(7);
        assertThat(one.size()).isZero();
    }
}
