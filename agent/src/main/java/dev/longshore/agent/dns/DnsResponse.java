package dev.longshore.agent.dns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes the bytes of our own answers (RFC 1035 section 4). */
final class DnsResponse {
    /** Seconds an answer may be remembered: short, because endpoints come and go. */
    private static final int TTL_SECONDS = 5;
    private static final int CLASS_IN = 1;
    private static final int OPT = 41;
    private static final int AUTHORITATIVE = 4;
    private static final int POINTER_TO_QUESTION = 0xc00c;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final DnsMessage query;

    private DnsResponse(DnsMessage query) {
        this.query = query;
    }

    static byte[] of(DnsMessage query, int code, List<DnsRecord> answers, List<DnsRecord> authority,
            List<DnsRecord> additional) {
        DnsResponse response = new DnsResponse(query);
        response.header(code, answers.size(), authority.size(), additional.size() + (query.extended() ? 1 : 0));
        answers.forEach(response::record);
        authority.forEach(response::record);
        additional.forEach(response::record);
        if (query.extended()) {
            response.extension();
        }
        return response.out.toByteArray();
    }

    private void header(int code, int answers, int authority, int additional) {
        number(query.id());
        out.write(0x80 | AUTHORITATIVE | query.bytes()[2] & 1);
        out.write(0x80 | code);
        number(1);
        number(answers);
        number(authority);
        number(additional);
        out.writeBytes(Arrays.copyOfRange(query.bytes(), DnsMessage.HEADER_BYTES, query.questionEnd()));
    }

    private void record(DnsRecord record) {
        switch (record) {
            case DnsRecord.Address(String name, String address) -> {
                byte[] bytes = bytes(address);
                record(name, bytes.length == 4 ? Question.A : Question.AAAA, bytes);
            }
            case DnsRecord.ServicePort(String name, int priority, int weight, int port, String target) ->
                record(name, Question.SRV, concat(two(priority), two(weight), two(port), encoded(target)));
            case DnsRecord.Pointer(String name, String target) -> record(name, Question.PTR, encoded(target));
            case DnsRecord.Alias(String name, String target) -> record(name, Question.CNAME, encoded(target));
            case DnsRecord.Text(String name, String text) -> record(name, Question.TXT,
                    concat(new byte[]{(byte) text.length()}, text.getBytes(StandardCharsets.US_ASCII)));
            case DnsRecord.Authority(String name) -> record(name, Question.SOA, concat(encoded("ns.dns." + name),
                    encoded("hostmaster." + name), four(1), four(7200), four(1800), four(86_400), four(TTL_SECONDS)));
        }
    }

    private void record(String name, int type, byte[] data) {
        if (name.equals(query.question().name())) {
            number(POINTER_TO_QUESTION);
        } else {
            out.writeBytes(encoded(name));
        }
        number(type);
        number(CLASS_IN);
        out.writeBytes(four(TTL_SECONDS));
        number(data.length);
        out.writeBytes(data);
    }

    private void extension() {
        out.write(0);
        number(OPT);
        number(DnsMessage.EXTENDED_LIMIT);
        out.writeBytes(four(0));
        number(0);
    }

    private void number(int value) {
        out.writeBytes(two(value));
    }

    static byte[] encoded(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            byte[] text = label.getBytes(StandardCharsets.ISO_8859_1);
            bytes.write(text.length);
            bytes.writeBytes(text);
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static byte[] two(int value) {
        return new byte[]{(byte) (value >> 8), (byte) value};
    }

    private static byte[] four(int value) {
        return concat(two(value >> 16), two(value));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException e) {
            return new byte[4];
        }
    }
}
