package dev.longshore.apiserver.resources;

import java.util.regex.Pattern;

/** IP addresses as text, without asking any name service. */
final class Addresses {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int GROUPS = 8;

    private Addresses() {
    }

    static boolean isIp(String text) {
        return isIpv4(text) || isIpv6(text);
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
