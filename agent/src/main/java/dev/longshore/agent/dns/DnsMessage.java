package dev.longshore.agent.dns;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A query as it came, with the parts that decide what to do (RFC 1035 section 4, RFC 6891).
 *
 * @param bytes       the whole message
 * @param question    what is asked, in class IN
 * @param questionEnd offset behind the question
 * @param udpLimit    how many bytes an answer by datagram may have
 * @param extended    whether the sender knows EDNS, and so wants an OPT record back
 */
record DnsMessage(byte[] bytes, Question question, int questionEnd, int udpLimit, boolean extended) {
    static final int HEADER_BYTES = 12;
    static final int NO_ERROR = 0;
    static final int FORMAT_ERROR = 1;
    static final int SERVER_FAILURE = 2;
    static final int NAME_ERROR = 3;
    static final int NOT_IMPLEMENTED = 4;
    /** What fits into a datagram without EDNS. */
    private static final int PLAIN_LIMIT = 512;
    /** The largest datagram that passes unbroken nearly everywhere (DNS flag day 2020). */
    static final int EXTENDED_LIMIT = 1232;
    private static final int NAME_LIMIT = 255;
    private static final int LABEL_LIMIT = 63;
    private static final int OPT = 41;
    private static final int CLASS_IN = 1;
    private static final int RECORDS_LIMIT = 16;

    /** The query; empty when it is none that can be understood. */
    static Optional<DnsMessage> parse(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (!isQuery(bytes) || opcode(bytes) != 0 || in.getShort(4) != 1) {
                return Optional.empty();
            }
            in.position(HEADER_BYTES);
            String name = name(in);
            Question question = new Question(name, in.getShort() & 0xffff);
            if (in.getShort() != CLASS_IN) {
                return Optional.empty();
            }
            int end = in.position();
            Optional<Integer> size = extendedSize(in, in.getShort(6) + in.getShort(8) + in.getShort(10));
            int limit = size.map(wanted -> Math.clamp(wanted, PLAIN_LIMIT, EXTENDED_LIMIT)).orElse(PLAIN_LIMIT);
            return Optional.of(new DnsMessage(bytes, question, end, limit, size.isPresent()));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Whether something that could not be parsed deserves an answer at all: a response must never get one. */
    static boolean isQuery(byte[] bytes) {
        return bytes.length >= HEADER_BYTES && (bytes[2] & 0x80) == 0;
    }

    static int opcode(byte[] bytes) {
        return bytes[2] >> 3 & 15;
    }

    /** Reads a name without compression, which a question never has. */
    private static String name(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
            if (length > LABEL_LIMIT || name.length() + length >= NAME_LIMIT) {
                throw new IllegalArgumentException("name");
            }
            byte[] label = new byte[length];
            in.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.ISO_8859_1));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    /** The datagram size of the OPT record, if one is among the records that follow. */
    private static Optional<Integer> extendedSize(ByteBuffer in, int records) {
        for (int i = 0; i < Math.min(records, RECORDS_LIMIT); i++) {
            name(in);
            int type = in.getShort() & 0xffff;
            int size = in.getShort() & 0xffff;
            in.getInt();
            int length = in.getShort() & 0xffff;
            if (type == OPT) {
                return Optional.of(size);
            }
            in.position(in.position() + length);
        }
        return Optional.empty();
    }

    int id() {
        return (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    }

    static byte[] withId(byte[] message, int id) {
        byte[] copy = message.clone();
        copy[0] = (byte) (id >> 8);
        copy[1] = (byte) id;
        return copy;
    }

    /** Whether {@code response} answers this query when sent under {@code id}: same id, same question. */
    boolean isAnsweredBy(byte[] response, int id) {
        return response.length >= questionEnd && (response[2] & 0x80) != 0
                && ((response[0] & 0xff) << 8 | response[1] & 0xff) == id
                && response[4] == 0 && response[5] == 1
                && Arrays.equals(response, HEADER_BYTES, questionEnd, bytes, HEADER_BYTES, questionEnd);
    }

    static boolean isTruncated(byte[] response) {
        return (response[2] & 2) != 0;
    }

    /** The number of bytes of the response's own question-and-header part with nothing else, marked as cut short. */
    byte[] truncated() {
        byte[] cut = Arrays.copyOf(bytes, questionEnd);
        cut[2] = (byte) (0x80 | bytes[2] & 1 | 2);
        cut[3] = (byte) 0x80;
        Arrays.fill(cut, 6, HEADER_BYTES, (byte) 0);
        return cut;
    }

    /** An answer without records to something that may not even have a question. */
    static byte[] bare(byte[] query, int code) {
        byte[] answer = Arrays.copyOf(query, HEADER_BYTES);
        answer[2] = (byte) (0x80 | query[2] & 0x79);
        answer[3] = (byte) (0x80 | code);
        Arrays.fill(answer, 4, HEADER_BYTES, (byte) 0);
        return answer;
    }
}
