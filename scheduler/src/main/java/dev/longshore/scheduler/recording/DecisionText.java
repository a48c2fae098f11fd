package dev.longshore.scheduler.recording;

import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A decision as one line of text: equal decisions have equal texts, different ones different texts. Recordings hold it,
 * so a change of this text is another version of the format.
 */
final class DecisionText {
    private static final String NONE = "-";

    private DecisionText() {
    }

    static String of(Intent intent) {
        return oneLine(switch (intent) {
            case Intent.Bind bind -> "bind " + bind.pod() + " -> " + bind.node() + uid(bind);
            case Intent.BindVolumes bind -> "volumes " + bind.pod() + " -> " + bind.plan().node() + uid(bind) + " "
                    + plan(bind.plan());
            case Intent.MarkUnschedulable mark -> "unschedulable " + mark.pod() + uid(mark) + " " + state(mark);
            case Intent.Preempt preempt -> "preempt " + preempt.pod() + " -> " + preempt.node() + uid(preempt)
                    + " victims=" + targets(preempt.victims()) + " outranked=" + targets(preempt.outranked()) + " "
                    + state(preempt.mark());
        });
    }

    private static String uid(Intent intent) {
        return " uid=" + intent.uid() + " profile=" + intent.profile();
    }

    private static String state(Intent.MarkUnschedulable mark) {
        return "reason=" + mark.reason() + " nominated=" + (mark.nominated().isEmpty() ? NONE : mark.nominated())
                + " shown=" + mark.current() + ": " + mark.message();
    }

    private static String targets(List<Intent.Target> targets) {
        return targets.stream().map(target -> target.pod() + "(" + target.uid() + ")")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String plan(VolumePlan plan) {
        return Stream.concat(
                plan.pairings().stream()
                        .map(pairing -> pairing.claim() + "(" + pairing.claimUid() + ")=" + pairing.volume()),
                plan.provisions().stream()
                        .map(provision -> provision.claim() + "(" + provision.claimUid() + ")=new"))
                .collect(Collectors.joining(",", "claims=[", "]"));
    }

    /** Causes of failures may have several. */
    private static String oneLine(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
