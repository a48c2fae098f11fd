package dev.longshore.client.leader;

/** What a candidate is told. Called by one thread at a time; must not block. */
public interface Leadership {
    /**
     * This process leads from now on.
     *
     * @param term grows with every change of leader: the fencing token of this leader's writes
     */
    void started(long term);

    /** This process leads no more and must stop acting at once. */
    void stopped();
}
