package dev.longshore.agent.dns;

import java.util.List;

/** What the cluster's zone says to a question. */
sealed interface Answer {
    /** @param additional what the caller will ask for next */
    record Found(List<DnsRecord> records, List<DnsRecord> additional) implements Answer {
        public Found {
            records = List.copyOf(records);
            additional = List.copyOf(additional);
        }
    }

    /** The name is there, but has no record of the type. */
    record NoData() implements Answer {}

    record NoSuchName() implements Answer {}

    /** The name stands for one outside of the cluster, whose records the caller wants. */
    record Elsewhere(String name, String target) implements Answer {}

    /** Not a name of the cluster: ask others. */
    record NotOurs() implements Answer {}
}
