package dev.longshore.apiserver.resources;

import java.util.Locale;
import java.util.regex.Pattern;

/** IP addresses as text, without asking any name service. */
final class Addresses {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern PREFIX = Pattern.compile("[0-9]|[1-9][0-9]{1,2}");
    private static final int GROUPS = 8;

    static final String RANGE_TEXT = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
    static final String IP_TEXT = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private Addresses() {
    }

    static boolean isIp(String text) {
        return isIpv4(text) || isIpv6(text);
    }

    /** An address and how many of its bits name the network. */
    static boolean isRange(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !isIp(text.substring(0, slash)) || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return false;
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        return bits <= (text.contains(":") ? IPV6_BITS : IPV4_BITS);
    }

    static boolean isLoopback(String address) {
        return isIpv4(address) && address.startsWith("127.") || address.equals("::1");
    }

    /** An address that leads to one other machine, as endpoints and external addresses must (Kubernetes API). */
    static void checkReachable(String field, String address, Causes causes) {
        String text = address.toLowerCase(Locale.ROOT);
        if (!isIp(address)) {
            causes.invalid(field, address, IP_TEXT);
        } else if (text.equals("0.0.0.0") || text.equals("::")) {
            causes.invalid(field, address, "may not be unspecified (0.0.0.0 or ::)");
        } else if (isLoopback(address)) {
            causes.invalid(field, address, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        } else if (text.startsWith("169.254.") || text.startsWith("fe80:")) {
            causes.invalid(field, address, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        } else if (text.startsWith("224.0.0.") || text.startsWith("ff02:")) {
            causes.invalid(field, address, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }

    static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0 || !text.contains(":")) {
            return false;
        }
        int count = gap < 0 ? groups(text) : groups(text.substring(0, gap)) + groups(text.substring(gap + 2));
        return gap < 0 ? count == GROUPS : count >= 0 && count < GROUPS;
    }

    /** How many groups; far below zero when one of them is none. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        int count = 0;
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean mapped = i == parts.length - 1 && isIpv4(parts[i]);
            if (!mapped && !GROUP.matcher(parts[i]).matches()) {
                return -GROUPS * 2;
            }
            count += mapped ? 2 : 1;
        }
        return count;
    }
}
