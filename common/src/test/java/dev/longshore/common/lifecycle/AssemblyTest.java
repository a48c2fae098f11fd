package dev.longshore.common.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssemblyTest {
    private final List<String> log = new ArrayList<>();

    private final class Part implements Component {
        private final String name;
        private final boolean starts;
        private final boolean stops;

        Part(String name, boolean starts, boolean stops) {
            this.name = name;
            this.starts = starts;
            this.stops = stops;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() throws IOException {
            if (!starts) {
                throw new IOException(name + " cannot start");
            }
            log.add("start " + name);
        }

        @Override
        public void beginStop() {
            log.add("stop " + name);
        }

        @Override
        public boolean awaitStopped(Duration limit) {
            return stops;
        }
    }

    private Assembly assembly(Part... parts) {
        return new Assembly(List.of(parts), Duration.ofMillis(1));
    }

    @Test
    void startsInOrderAndStopsInReverse() throws Exception {
        Assembly assembly = assembly(new Part("a", true, true), new Part("b", true, true));
        assembly.start();
        assertThat(assembly.stop()).isEmpty();
        assertThat(log).containsExactly("start a", "start b", "stop b", "stop a");
    }

    @Test
    void whenOneFailsThoseBeforeItAreStoppedAgain() {
        Assembly assembly = assembly(new Part("a", true, true), new Part("b", false, true), new Part("c", true, true));
        assertThatThrownBy(assembly::start).isInstanceOf(IOException.class).hasMessage("b cannot start");
        assertThat(log).containsExactly("start a", "stop a");
    }

    @Test
    void onePartThatWillNotEndIsNamedAndTheOthersStillStop() throws Exception {
        Assembly assembly = assembly(new Part("a", true, true), new Part("b", true, false));
        assembly.start();
        assertThat(assembly.stop()).containsExactly("b");
        assertThat(log).contains("stop a");
    }

    @Test
    void stoppingTwiceStopsOnce() throws Exception {
        Assembly assembly = assembly(new Part("a", true, true));
        assembly.start();
        assembly.stop();
        assembly.stop();
        assertThat(log).containsExactly("start a", "stop a");
    }
}
