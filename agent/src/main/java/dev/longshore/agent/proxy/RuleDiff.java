package dev.longshore.agent.proxy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The commands that lead from one rule set to another: only what differs.
 *
 * @param transaction what changes the way of packets, to be run as one; "" when nothing differs
 * @param cleaning    removes what nothing leads to any more; run after, as its own transaction, because a kernel may
 *                    count a chain as referenced until the transaction that dropped the reference is over
 */
record RuleDiff(String transaction, String cleaning) {
    private static final String FAMILY = "ip ";
    private static final SortedMap<String, String> NONE = Collections.emptySortedMap();

    static RuleDiff between(RuleSet before, RuleSet after) {
        Script script = new Script(FAMILY + after.table() + " ");
        after.lookups().forEach((name, lookup) -> declare(script, name, lookup, before.lookups()));
        after.chains().forEach((name, chain) -> declare(script, name, chain, before.chains()));
        before.lookups().forEach((name, lookup) -> removeElements(script, name, lookup, after.lookups()));
        after.chains().forEach((name, chain) -> {
            if (!chain.equals(before.chains().get(name))) {
                chain.rules().forEach(rule -> script.add("add rule", name + " " + rule));
            }
        });
        after.lookups().forEach((name, lookup) -> addElements(script, name, lookup, before.lookups()));
        return new RuleDiff(script.text(), cleaning(before, after));
    }

    /** Replaces whatever the kernel has under this name. */
    static String replacement(RuleSet wanted) {
        // Adding first makes the deletion succeed when there is no such table.
        return "add table " + FAMILY + wanted.table() + "\n" + removal(wanted.table())
                + "add table " + FAMILY + wanted.table() + "\n"
                + between(RuleSet.empty(wanted.table()), wanted).transaction();
    }

    static String removal(String table) {
        return "delete table " + FAMILY + table + "\n";
    }

    private static void declare(Script script, String name, Lookup lookup, Map<String, Lookup> before) {
        if (!before.containsKey(name)) {
            script.add("add " + lookup.kind(), name + " { " + lookup.type() + " }");
        }
    }

    private static void declare(Script script, String name, Chain chain, Map<String, Chain> before) {
        if (!before.containsKey(name)) {
            script.add("add chain", name + (chain.hook().isEmpty() ? "" : " { " + chain.hook() + " }"));
        } else if (!chain.equals(before.get(name))) {
            script.add("flush chain", name);
        }
    }

    private static void removeElements(Script script, String name, Lookup before, Map<String, Lookup> after) {
        SortedMap<String, String> kept = after.containsKey(name) ? after.get(name).elements() : NONE;
        List<String> gone = before.elements().entrySet().stream()
                .filter(element -> !element.getValue().equals(kept.get(element.getKey())))
                .map(Map.Entry::getKey).toList();
        script.addElements("delete element", name, gone);
    }

    private static void addElements(Script script, String name, Lookup after, Map<String, Lookup> before) {
        SortedMap<String, String> known = before.containsKey(name) ? before.get(name).elements() : NONE;
        List<String> added = after.elements().entrySet().stream()
                .filter(element -> !element.getValue().equals(known.get(element.getKey())))
                .map(element -> element.getKey() + (element.getValue().isEmpty() ? "" : " : " + element.getValue()))
                .toList();
        script.addElements("add element", name, added);
    }

    private static String cleaning(RuleSet before, RuleSet after) {
        Script script = new Script(FAMILY + after.table() + " ");
        List<String> gone = before.chains().keySet().stream()
                .filter(name -> !after.chains().containsKey(name)).toList();
        // Emptied first, because the chains of one Service jump to each other.
        gone.forEach(name -> script.add("flush chain", name));
        gone.forEach(name -> script.add("delete chain", name));
        before.lookups().forEach((name, lookup) -> {
            if (!after.lookups().containsKey(name)) {
                script.add("delete " + lookup.kind(), name);
            }
        });
        return script.text();
    }

    private static final class Script {
        private final String table;
        private final List<String> lines = new ArrayList<>();

        Script(String table) {
            this.table = table;
        }

        void add(String verb, String rest) {
            lines.add(verb + " " + table + rest + "\n");
        }

        void addElements(String verb, String name, List<String> elements) {
            if (!elements.isEmpty()) {
                add(verb, name + " { " + String.join(", ", elements) + " }");
            }
        }

        String text() {
            return String.join("", lines);
        }
    }
}
