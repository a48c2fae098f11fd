package dev.longshore.client.leader;

import dev.longshore.client.LeaderTerm;

/** What a candidate is told. Called by one thread at a time; must not block. */
public interface Leadership {
    /**
     * This process leads from now on.
     *
     * @param term the fencing token of this leader's writes
     */
    void started(LeaderTerm term);

    /** This process leads no more and must stop acting at once. */
    void stopped();
}
