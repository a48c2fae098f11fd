package dev.longshore.scheduler.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LowestTest {
    private static final int DOMAINS = 7;
    private static final int CHANGES = 10_000;

    private final SplittableRandom random = new SplittableRandom(9);
    private final double[] sums = new double[DOMAINS];

    @Test
    void isTheLowestAfterEveryChange() {
        for (int compared = 1; compared <= DOMAINS; compared++) {
            BitSet domains = new BitSet();
            domains.set(0, compared);
            Lowest lowest = new Lowest(sums, domains);
            for (int i = 0; i < CHANGES; i++) {
                change(lowest);
                if (random.nextInt(3) == 0) {
                    assertThat(lowest.value())
                            .isEqualTo(domains.stream().mapToDouble(each -> sums[each]).min().orElseThrow());
                }
            }
        }
    }

    /** Small numbers, so that domains often share one. */
    private void change(Lowest lowest) {
        int domain = random.nextInt(DOMAINS);
        double before = sums[domain];
        sums[domain] = before < 1 || before < 4 && random.nextBoolean() ? before + 1 : before - 1;
        lowest.changed(domain, before, sums[domain]);
    }

    @Test
    void ofNoDomainsIsAboveAllNumbers() {
        assertThat(new Lowest(sums, new BitSet()).value()).isEqualTo(Integer.MAX_VALUE);
    }
}
