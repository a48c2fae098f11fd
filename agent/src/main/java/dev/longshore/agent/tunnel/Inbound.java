package dev.longshore.agent.tunnel;

import com.google.protobuf.ByteString;

/** What the caller of a stream sends, in order. */
sealed interface Inbound {
    record Bytes(ByteString bytes) implements Inbound {}

    record Size(int width, int height) implements Inbound {}

    /** Nothing more comes. */
    record End() implements Inbound {}
}
