package dev.longshore.agent.proxy;

/** Text forms of IPv4 addresses, judged without name look-ups. */
final class Ipv4 {
    private static final int PARTS = 4;
    private static final int LARGEST_PART = 255;

    private Ipv4() {
    }

    /** Whether this is a dotted IPv4 address; what ends up in a rule has passed here. */
    static boolean isAddress(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            return false;
        }
        for (String part : parts) {
            if (!isNumberUpTo(part, LARGEST_PART)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is {@code address/length}. */
    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && isAddress(text.substring(0, slash)) && isNumberUpTo(text.substring(slash + 1), 32);
    }

    /**
     * Whether traffic may be sent to this endpoint. A slice that names the node's loopback or link-local services would
     * open them to everybody (CVE-2021-25737), so these are left out.
     */
    static boolean isReachableEndpoint(String text) {
        return isAddress(text) && !text.startsWith("127.") && !text.startsWith("169.254.") && !text.startsWith("0.")
                && Integer.parseInt(text.substring(0, text.indexOf('.'))) < 224;
    }

    private static boolean isNumberUpTo(String text, int largest) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        return Integer.parseInt(text) <= largest && (text.length() == 1 || text.charAt(0) != '0');
    }
}
