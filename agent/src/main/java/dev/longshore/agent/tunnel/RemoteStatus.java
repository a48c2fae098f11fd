package dev.longshore.agent.tunnel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.api.Reason;
import dev.longshore.grpc.v1.Closed;
import java.io.IOException;

/**
 * How a remote command ended, read from the Status object on the error stream. Form (Kubernetes API, remote command
 * protocol version 4): {@code status} Success, or Failure with reason NonZeroExitCode and a cause with reason ExitCode
 * whose message is the number, or Failure with a message.
 */
final class RemoteStatus {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String EXIT_REASON = "NonZeroExitCode";

    private String status = "";
    private String reason = "";
    private String message = "";
    private String exitCode = "";

    private RemoteStatus() {
    }

    static Closed read(byte[] json) {
        if (json.length == 0) {
            return failed("the runtime closed the stream without saying how the command ended");
        }
        RemoteStatus found = new RemoteStatus();
        try (JsonParser parser = JSON.createParser(json)) {
            found.walk(parser);
            return found.closed();
        } catch (IOException | NumberFormatException e) {
            return failed("the runtime's answer about the end of the command cannot be read");
        }
    }

    private void walk(JsonParser parser) throws IOException {
        int depth = 0;
        String causeReason = "";
        String causeMessage = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                depth++;
                causeReason = "";
                causeMessage = "";
            } else if (token == JsonToken.END_OBJECT) {
                depth--;
                if (causeReason.equals("ExitCode")) {
                    exitCode = causeMessage;
                }
            } else if (token == JsonToken.VALUE_STRING) {
                if (depth == 1) {
                    top(parser.currentName(), parser.getText());
                } else if ("reason".equals(parser.currentName())) {
                    causeReason = parser.getText();
                } else if ("message".equals(parser.currentName())) {
                    causeMessage = parser.getText();
                }
            }
        }
    }

    private void top(String name, String value) {
        switch (name) {
            case "status" -> status = value;
            case "reason" -> reason = value;
            case "message" -> message = value;
            default -> {
            }
        }
    }

    private Closed closed() {
        if (status.equals("Success")) {
            return Closed.getDefaultInstance();
        }
        if (reason.equals(EXIT_REASON)) {
            return Closed.newBuilder().setExitCode(Integer.parseInt(exitCode)).build();
        }
        return failed(message);
    }

    private static Closed failed(String message) {
        return Closed.newBuilder().setReason(Reason.INTERNAL_ERROR.text()).setError(message).build();
    }
}
