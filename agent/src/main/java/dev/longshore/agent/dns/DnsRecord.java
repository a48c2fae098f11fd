package dev.longshore.agent.dns;

/** A record of an answer; its owner's name without the last dot. */
sealed interface DnsRecord {
    String name();

    /** An address in text form, IPv4 or IPv6; it makes an A or an AAAA record. */
    record Address(String name, String address) implements DnsRecord {}

    record ServicePort(String name, int priority, int weight, int port, String target) implements DnsRecord {}

    record Pointer(String name, String target) implements DnsRecord {}

    record Alias(String name, String target) implements DnsRecord {}

    record Text(String name, String text) implements DnsRecord {}

    /** The start of authority, which a negative answer carries so that it may be remembered for a while. */
    record Authority(String name) implements DnsRecord {}
}
