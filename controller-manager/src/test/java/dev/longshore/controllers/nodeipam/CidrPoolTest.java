package dev.longshore.controllers.nodeipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CidrPoolTest {
    @Test
    void givesTheLowestFreeRange() {
        CidrPool pool = CidrPool.of("10.244.0.0/16", 24);
        assertThat(pool.next(List.of())).contains("10.244.0.0/24");
        assertThat(pool.next(List.of("10.244.0.0/24", "10.244.2.0/24", "192.168.0.0/24"))).contains("10.244.1.0/24");
    }

    @Test
    void runsOut() {
        assertThat(CidrPool.of("10.0.0.0/24", 25).next(List.of("10.0.0.0/25", "10.0.0.128/25"))).isEmpty();
    }

    @Test
    void refusesWhatIsNoRange() {
        for (String text : List.of("10.244.0.0", "10.244.0.0/25", "10.244.0/16", "300.0.0.0/16")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> CidrPool.of(text, 24));
        }
    }
}
