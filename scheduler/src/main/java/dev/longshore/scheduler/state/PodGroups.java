package dev.longshore.scheduler.state;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The groups of the placed pods. Owner: the scheduler's thread. */
public final class PodGroups {
    private final Map<Key, PodGroup> groups = new HashMap<>();
    private final Set<PodGroup> all = new LinkedHashSet<>();
    private final Set<PodGroup> withTerms = new LinkedHashSet<>();

    private record Key(PodTraits traits, boolean leaving) {
        static Key of(PodInfo pod) {
            return new Key(pod.requirements().traits(), pod.leaving());
        }
    }

    /** Every group that has members. */
    public Collection<PodGroup> all() {
        return Collections.unmodifiableCollection(all);
    }

    /** Those whose pods have wishes about other pods. */
    public Collection<PodGroup> withTerms() {
        return Collections.unmodifiableCollection(withTerms);
    }

    /** The group that the pod belongs to, were it placed. A new one without members is not remembered. */
    public PodGroup of(PodInfo pod) {
        Key key = Key.of(pod);
        PodGroup group = groups.get(key);
        return group == null ? new PodGroup(key.traits, key.leaving) : group;
    }

    void add(PlacedPod pod) {
        PodGroup group = pod.group();
        if (group.isEmpty()) {
            groups.put(Key.of(pod.pod()), group);
            all.add(group);
            if (!group.traits().terms().isEmpty()) {
                withTerms.add(group);
            }
        }
        group.add(pod);
    }

    void remove(PlacedPod pod) {
        PodGroup group = pod.group();
        group.remove(pod);
        if (group.isEmpty()) {
            groups.remove(Key.of(pod.pod()));
            all.remove(group);
            withTerms.remove(group);
        }
    }
}
