package dev.longshore.scheduler.plugins;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The profiles of one scheduler: each pod is placed by the rules of the one that it names. Immutable. */
public final class Profiles {
    private final List<String> names;
    private final Map<String, Plugins> byName;

    /** @param profiles at least one, no two of one name */
    public Profiles(List<Profile> profiles) {
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException("a scheduler without a profile has no pods");
        }
        names = profiles.stream().map(Profile::schedulerName).toList();
        byName = Map.copyOf(profiles.stream().collect(Collectors.toMap(Profile::schedulerName, Profile::plugins)));
    }

    /** The default profile alone. */
    public static Profiles standard() {
        return new Profiles(List.of(Profile.standard()));
    }

    /** In the order of the configuration. */
    public List<String> names() {
        return names;
    }

    /** Whether pods of this name are placed here. */
    public boolean has(String schedulerName) {
        return byName.containsKey(schedulerName);
    }

    /** The rules of a profile that there is. */
    public Plugins plugins(String schedulerName) {
        Plugins plugins = byName.get(schedulerName);
        if (plugins == null) {
            throw new IllegalArgumentException("there is no profile " + schedulerName);
        }
        return plugins;
    }

    /** Something of each profile, by its name. */
    public <T> Map<String, T> each(Function<Profile, T> maker) {
        return byName.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                entry -> maker.apply(new Profile(entry.getKey(), entry.getValue()))));
    }
}
