package dev.longshore.agent.proxy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The whole content of our table of family {@code ip}: what {@link RuleCompiler} wants and the kernel shall have. */
record RuleSet(String table, SortedMap<String, Chain> chains, SortedMap<String, Lookup> lookups) {
    RuleSet {
        chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
        lookups = Collections.unmodifiableSortedMap(new TreeMap<>(lookups));
    }

    static RuleSet empty(String table) {
        return new RuleSet(table, new TreeMap<>(), new TreeMap<>());
    }
}
