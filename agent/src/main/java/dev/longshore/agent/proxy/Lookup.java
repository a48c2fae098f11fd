package dev.longshore.agent.proxy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A map or a set of the table.
 *
 * @param kind     {@code map} or {@code set}
 * @param type     key and value types with flags, in nft's language: {@code type ipv4_addr ; flags interval ;}
 * @param elements verdict by key; "" as every value of a set
 * @param learned  whether the kernel adds the elements itself, so that they are no business of ours
 */
record Lookup(String kind, String type, SortedMap<String, String> elements, boolean learned) {
    Lookup {
        elements = Collections.unmodifiableSortedMap(new TreeMap<>(elements));
    }

    static Lookup map(String type, SortedMap<String, String> elements) {
        return new Lookup("map", type, elements, false);
    }

    static Lookup set(String type, SortedMap<String, String> elements) {
        return new Lookup("set", type, elements, false);
    }

    static Lookup learnedSet(String type) {
        return new Lookup("set", type, new TreeMap<>(), true);
    }
}
