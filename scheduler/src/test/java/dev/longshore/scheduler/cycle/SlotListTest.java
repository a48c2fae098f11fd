package dev.longshore.scheduler.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotListTest {
    private final SlotList list = new SlotList();

    private List<Integer> slots() {
        return IntStream.range(0, list.size()).mapToObj(list::slot).toList();
    }

    @Test
    void slotsStandInTheOrderInWhichTheyCameEachOnce() {
        list.add(90_000);
        list.add(3);
        list.add(90_000);
        assertThat(slots()).containsExactly(90_000, 3);
    }

    @Test
    void whatIsClearedCanComeAgain() {
        list.add(3);
        list.add(5);
        list.clear();
        assertThat(slots()).isEmpty();
        list.add(5);
        assertThat(slots()).containsExactly(5);
    }

    @Test
    void itTakesAsManyAsThereAre() {
        IntStream.range(0, 1_000).forEach(list::add);
        assertThat(slots()).hasSize(1_000).doesNotHaveDuplicates();
    }
}
