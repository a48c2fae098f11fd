package dev.longshore.agent.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.grpc.v1.Closed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RemoteStatusTest {
    private static Closed read(String json) {
        return RemoteStatus.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsSuccessExitCodesAndFailures() {
        assertThat(read("{\"metadata\":{},\"status\":\"Success\"}")).isEqualTo(Closed.getDefaultInstance());
        assertThat(read("""
                {"metadata":{},"status":"Failure","message":"exit 3","reason":"NonZeroExitCode",
                 "details":{"causes":[{"reason":"Other","message":"9"},{"reason":"ExitCode","message":"3"}]}}"""))
                .isEqualTo(Closed.newBuilder().setExitCode(3).build());
        assertThat(read("{\"status\":\"Failure\",\"message\":\"no shell\",\"reason\":\"InternalError\"}").getError())
                .isEqualTo("no shell");
    }

    @Test
    void whatCannotBeReadIsAFailure() {
        for (String text : new String[]{"", "{", "plain text",
                "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\"}"}) {
            assertThat(read(text).getReason()).as(text).isEqualTo("InternalError");
        }
    }
}
