package dev.longshore.agent.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the kernel has, read from the text of {@code nft -s list table}.
 *
 * <p>Rules come back in nft's own wording, which differs between its versions; so rules are compared with an earlier
 * listing, and only their number with what we asked for. Elements have one form and are compared as they are.
 *
 * @param rules    the rules of each chain, without the line of its hook
 * @param elements the elements of each map and set
 */
record ListedTable(SortedMap<String, List<String>> rules, SortedMap<String, SortedMap<String, String>> elements) {
    static ListedTable parse(String text) {
        SortedMap<String, List<String>> rules = new TreeMap<>();
        SortedMap<String, SortedMap<String, String>> elements = new TreeMap<>();
        String block = "";
        String name = "";
        StringBuilder open = new StringBuilder();
        for (String raw : text.split("\n")) {
            String line = raw.strip();
            if (line.startsWith("chain ") || line.startsWith("map ") || line.startsWith("set ")) {
                block = line.substring(0, line.indexOf(' '));
                name = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
                if (block.equals("chain")) {
                    rules.put(name, new ArrayList<>());
                } else {
                    elements.put(name, new TreeMap<>());
                }
            } else if (block.equals("chain") && !line.isEmpty() && !line.equals("}") && !line.startsWith("type ")) {
                rules.get(name).add(line);
            } else if (line.startsWith("elements = {") || !open.isEmpty()) {
                open.append(line).append(' ');
                if (line.endsWith("}")) {
                    readElements(open.toString(), elements.get(name));
                    open.setLength(0);
                }
            }
        }
        return new ListedTable(rules, elements);
    }

    private static void readElements(String text, SortedMap<String, String> into) {
        for (String element : text.substring(text.indexOf('{') + 1, text.lastIndexOf('}')).split(",")) {
            int colon = element.indexOf(" : ");
            into.put((colon < 0 ? element : element.substring(0, colon)).strip(),
                    colon < 0 ? "" : element.substring(colon + " : ".length()).strip());
        }
    }

    /** Whether this has the shape of {@code wanted}: its elements, its chains, and as many rules in each. */
    boolean hasShapeOf(RuleSet wanted) {
        if (!rules.keySet().equals(wanted.chains().keySet())
                || !elements.keySet().equals(wanted.lookups().keySet())) {
            return false;
        }
        return wanted.chains().entrySet().stream()
                .allMatch(chain -> rules.get(chain.getKey()).size() == chain.getValue().rules().size())
                && wanted.lookups().entrySet().stream().allMatch(lookup -> lookup.getValue().learned()
                        || elements.get(lookup.getKey()).equals(lookup.getValue().elements()));
    }
}
