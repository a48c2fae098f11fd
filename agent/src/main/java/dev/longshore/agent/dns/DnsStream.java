package dev.longshore.agent.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Messages on a TCP connection: two bytes of length, then the message (RFC 1035 section 4.2.2). */
final class DnsStream {
    private DnsStream() {
    }

    static byte[] read(DataInputStream in) throws IOException {
        byte[] message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return message;
    }

    static void write(DataOutputStream out, byte[] message) throws IOException {
        byte[] framed = new byte[message.length + 2];
        framed[0] = (byte) (message.length >> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, 2, message.length);
        out.write(framed);
        out.flush();
    }
}
