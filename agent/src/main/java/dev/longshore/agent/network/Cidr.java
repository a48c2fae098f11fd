package dev.longshore.agent.network;

/**
 * An IPv4 network, as {@code 10.244.1.0/24}.
 *
 * @param base   the lowest address, as an unsigned 32-bit number
 * @param length of the prefix, in bits
 */
public record Cidr(int base, int length) {
    private static final int BITS = 32;

    /** @throws IllegalArgumentException for what is no IPv4 network */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no prefix length: " + text);
        }
        int length = Integer.parseInt(text.substring(slash + 1));
        if (length < 0 || length > BITS) {
            throw new IllegalArgumentException("prefix length: " + text);
        }
        return new Cidr(address(text.substring(0, slash)) & mask(length), length);
    }

    /** @throws IllegalArgumentException for what is no dotted IPv4 address */
    static int address(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("no IPv4 address: " + text);
        }
        int address = 0;
        for (String part : parts) {
            int value = Integer.parseInt(part);
            if (value < 0 || value > 255) {
                throw new IllegalArgumentException("no IPv4 address: " + text);
            }
            address = address << 8 | value;
        }
        return address;
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << BITS - length;
    }

    public boolean contains(String address) {
        return (address(address) & mask(length)) == base;
    }

    /** The address so many places above the lowest. */
    public String at(int offset) {
        int address = base + offset;
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    /** The first usable address, which the bridge has. */
    public String gateway() {
        return at(1);
    }

    @Override
    public String toString() {
        return at(0) + "/" + length;
    }
}
