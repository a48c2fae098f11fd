package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.cli.Startup.Failed;
import dev.longshore.cli.Startup.Ready;
import dev.longshore.cli.Startup.Seen;
import dev.longshore.cli.Startup.Starting;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartupTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private enum Row {
        NOTHING_WRITTEN_YET("", true, 0, new Starting("starting")),
        A_STAGE("starting the API server", true, 3, new Starting("starting the API server")),
        AT_THE_LIMIT("starting etcd", true, 120, new Starting("starting etcd")),
        BEYOND_THE_LIMIT("starting etcd", true, 121,
                new Failed("not ready after 120 s, still starting etcd; it goes on in the background")),
        SILENT_BEYOND_THE_LIMIT("", true, 121,
                new Failed("not ready after 120 s, still starting; it goes on in the background")),
        READY("ready 4.2", true, 5, new Ready()),
        READY_BEYOND_THE_LIMIT("ready 121.0", true, 121, new Ready()),
        ABOUT_TO_END("failed: port 6443 is taken", true, 2, new Starting("failed: port 6443 is taken")),
        ENDED_WITH_A_REASON("failed: port 6443 is taken", false, 2,
                new Failed("the cluster did not start: port 6443 is taken")),
        ENDED_WITHOUT_A_WORD("", false, 2, new Failed("the cluster did not start: it ended while starting")),
        KILLED("starting etcd", false, 2, new Failed("the cluster did not start: it ended while starting etcd")),
        ENDED_AFTER_READY("ready 4.2", false, 5, new Failed("the cluster did not start: it ended while ready 4.2")),
        ENDED_BEYOND_THE_LIMIT("starting etcd", false, 121,
                new Failed("the cluster did not start: it ended while starting etcd"));

        private final Seen seen;
        private final Startup expected;

        Row(String stage, boolean alive, int seconds, Startup expected) {
            this.seen = new Seen(stage, alive, Duration.ofSeconds(seconds));
            this.expected = expected;
        }
    }

    @ParameterizedTest
    @EnumSource
    void decides(Row row) {
        assertThat(Startup.of(row.seen, LIMIT)).isEqualTo(row.expected);
    }
}
