package dev.longshore.scheduler.state;

/**
 * The pods that came to nodes and left them lately, so that an evaluation a few changes old is brought up to date at the
 * cost of those changes alone. Holds the last {@value #LENGTH}.
 */
final class ChangeJournal {
    static final int LENGTH = 1024;

    private final int[] slots = new int[LENGTH];
    private final PodGroup[] groups = new PodGroup[LENGTH];
    private final byte[] signs = new byte[LENGTH];
    private long version;

    void record(int slot, PodGroup group, int sign) {
        int at = (int) (version % LENGTH);
        slots[at] = slot;
        groups[at] = group;
        signs[at] = (byte) sign;
        version++;
    }

    long version() {
        return version;
    }

    /** Tells the reader of every change since; false, and tells nothing, when they are no longer known. */
    boolean since(long from, UsageChange reader) {
        if (version - from > LENGTH) {
            return false;
        }
        for (long v = from; v < version; v++) {
            int at = (int) (v % LENGTH);
            reader.changed(slots[at], groups[at], signs[at]);
        }
        return true;
    }
}
