package dev.longshore.agent.runtime;

import com.google.protobuf.ByteString;

/** What a command left behind. */
public record ExecResult(int exitCode, ByteString stdout, ByteString stderr) {
    /** Both streams as text, for messages. */
    public String output() {
        return stdout.concat(stderr).toStringUtf8();
    }
}
