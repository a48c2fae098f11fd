package dev.longshore.scheduler.insight;

import dev.longshore.scheduler.cycle.Decision;
import dev.longshore.scheduler.state.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Tries changes, and keeps those that place the pod. What it may cost is bounded; when that is spent, nothing helps. */
final class Search {
    /** How many changes of one kind are tried. */
    static final int MOST_ATTEMPTS = 64;
    /** How often nodes are looked at: with n nodes, so many nths of it are decisions. */
    private static final long MOST_NODE_LOOKS = 1_000_000;
    /** However many nodes there are, so many changes are tried. */
    private static final long FEWEST_DECISIONS = 50;

    private final PodInfo pod;
    private final World world;
    private final List<Remedy> found = new ArrayList<>();
    private long decisionsLeft;
    private boolean cut;

    Search(PodInfo pod, World world) {
        this.pod = pod;
        this.world = world;
        this.decisionsLeft = Math.max(FEWEST_DECISIONS, MOST_NODE_LOOKS / Math.max(1, world.state().nodes()));
    }

    List<Remedy> found() {
        return found;
    }

    /** Whether changes were left untried because there would have been too many. */
    boolean cut() {
        return cut;
    }

    /** Keeps the change if it places the pod; answers whether it does. */
    boolean attempt(Change change) {
        Optional<Remedy> remedy = check(change);
        remedy.ifPresent(found::add);
        return remedy.isPresent();
    }

    /** Keeps the first so many of these changes that place the pod; false if none does. */
    boolean attemptEach(Stream<? extends Change> changes, int keep) {
        return changes.limit(MOST_ATTEMPTS).filter(this::attempt).limit(keep).count() > 0;
    }

    boolean helps(Change change) {
        return check(change).isPresent();
    }

    private Optional<Remedy> check(Change change) {
        if (decisionsLeft == 0) {
            cut = true;
            return Optional.empty();
        }
        decisionsLeft--;
        return switch (world.decideAfter(change, pod)) {
            case Decision.Placed(var node) -> Optional.of(new Remedy(change, node, List.of()));
            case Decision.Preempts(_, var node, var victims) -> Optional.of(new Remedy(change, node, victims));
            case Decision.Nowhere _ -> Optional.empty();
        };
    }

    /** The lowest number that will do, when all above it do too and {@code high} does. */
    static int lowest(int low, int high, IntPredicate does) {
        int from = low;
        int to = high;
        while (from < to) {
            int middle = (int) (((long) from + to) >> 1);
            if (does.test(middle)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return to;
    }
}
