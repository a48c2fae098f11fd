package dev.longshore.agent.proxy;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings the kernel's table to a rule set and keeps it there. Used by one thread at a time; calls block.
 *
 * <p>Invariant: {@code applied} is what the kernel was last told, or empty when that is not known; then the next change
 * replaces the table in one transaction.
 */
public final class NftApplier {
    private static final System.Logger LOG = System.getLogger(NftApplier.class.getName());

    private final Nft nft;
    private final String table;
    private RuleSet applied;
    private boolean known;
    private SortedMap<String, List<String>> lastListedRules = new TreeMap<>();

    public NftApplier(Nft nft, String table) {
        this.nft = nft;
        this.table = table;
        this.applied = RuleSet.empty(table);
    }

    /** Makes the table what is wanted, with the commands for the difference alone where possible. */
    void apply(RuleSet wanted) throws IOException, InterruptedException {
        if (!known) {
            replace(wanted);
            return;
        }
        RuleDiff diff = RuleDiff.between(applied, wanted);
        try {
            runUnlessEmpty(diff.transaction());
            runUnlessEmpty(diff.cleaning());
            remember(wanted);
        } catch (NftRefusedException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "table=" + table + " change refused, replacing it: "
                    + e.getMessage());
            replace(wanted);
        }
    }

    /** Compares the kernel's table with the last rule set; replaces it and answers true when it had changed. */
    boolean repair() throws IOException, InterruptedException {
        if (!known) {
            return false;
        }
        ListedTable listed = ListedTable.parse(nft.list(table));
        if (listed.hasShapeOf(applied) && (lastListedRules.isEmpty() || lastListedRules.equals(listed.rules()))) {
            lastListedRules = listed.rules();
            return false;
        }
        LOG.log(System.Logger.Level.WARNING, "table=" + table + " was changed by somebody else, replacing it");
        replace(applied);
        return true;
    }

    /** Removes the table; nothing happens when there is none. */
    public void remove() throws IOException, InterruptedException {
        known = false;
        nft.run("add table ip " + table + "\n" + RuleDiff.removal(table));
    }

    private void replace(RuleSet wanted) throws IOException, InterruptedException {
        known = false;
        nft.run(RuleDiff.replacement(wanted));
        remember(wanted);
    }

    private void remember(RuleSet wanted) {
        if (!wanted.equals(applied)) {
            lastListedRules = new TreeMap<>();
        }
        applied = wanted;
        known = true;
    }

    private void runUnlessEmpty(String commands) throws IOException, InterruptedException {
        if (!commands.isEmpty()) {
            nft.run(commands);
        }
    }
}
