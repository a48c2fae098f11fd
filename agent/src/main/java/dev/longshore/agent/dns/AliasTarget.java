package dev.longshore.agent.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks for the addresses of an ExternalName's target and reads them from the answer. Pure. */
final class AliasTarget {
    private static final int RECORDS_LIMIT = 64;
    private static final int POINTER_BITS = 0xc0;

    private AliasTarget() {
    }

    /** The same kind of question about the target; empty when the target is no name. */
    static Optional<DnsMessage> question(DnsMessage query, String target) {
        byte[] name = DnsResponse.encoded(target);
        ByteBuffer out = ByteBuffer.allocate(DnsMessage.HEADER_BYTES + name.length + 4);
        out.putShort((short) query.id()).putShort((short) 0x0100).putShort((short) 1).putShort((short) 0).putInt(0);
        out.put(name).putShort((short) query.question().type()).putShort((short) 1);
        return DnsMessage.parse(out.array());
    }

    /** All addresses of the answer, whatever names lead to them, as records of the target. */
    static List<DnsRecord> addresses(DnsMessage asked, byte[] answer, String target) {
        List<DnsRecord> found = new ArrayList<>();
        try {
            ByteBuffer in = ByteBuffer.wrap(answer);
            int records = Math.min(in.getShort(6) & 0xffff, RECORDS_LIMIT);
            in.position(asked.questionEnd());
            for (int i = 0; i < records; i++) {
                skipName(in);
                int type = in.getShort() & 0xffff;
                in.getShort();
                in.getInt();
                byte[] data = new byte[in.getShort() & 0xffff];
                in.get(data);
                if (type == asked.question().type()) {
                    found.add(new DnsRecord.Address(target, InetAddress.getByAddress(data).getHostAddress()));
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | UnknownHostException e) {
            return List.copyOf(found);
        }
        return found;
    }

    private static void skipName(ByteBuffer in) {
        for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
            if ((length & POINTER_BITS) == POINTER_BITS) {
                in.get();
                return;
            }
            in.position(in.position() + length);
        }
    }
}
