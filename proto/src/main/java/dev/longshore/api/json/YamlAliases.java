package dev.longshore.api.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Puts in place of every alias the events of the node it refers to, and counts what comes out, so that a short text
 * cannot
 * grow without bound. A node that refers to itself is refused, because its anchor counts only once it is complete.
 */
final class YamlAliases {
    private final Consumer<Event> sink;
    private final Map<Anchor, List<Event>> known = new HashMap<>();
    private final List<Recording> recordings = new ArrayList<>();
    private int aliases;
    private int nodes;
    private long characters;

    YamlAliases(Consumer<Event> sink) {
        this.sink = sink;
    }

    /** A node with an anchor, as far as it was seen. */
    private static final class Recording {
        final Anchor anchor;
        final List<Event> events = new ArrayList<>();
        int depth;

        Recording(Anchor anchor) {
            this.anchor = anchor;
        }
    }

    void accept(Event event) {
        if (event instanceof AliasEvent alias) {
            follow(alias);
            return;
        }
        if (event.getEventId() == Event.ID.DocumentStart) {
            known.clear();
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            recordings.add(new Recording(node.getAnchor().get()));
        }
        emit(event);
    }

    private void follow(AliasEvent alias) {
        aliases++;
        if (aliases > YamlCodec.MAX_ALIASES) {
            throw new DecodeException("", "the text has more than " + YamlCodec.MAX_ALIASES + " YAML aliases");
        }
        List<Event> events = known.get(alias.getAlias());
        if (events == null) {
            throw new DecodeException("", "the YAML alias \"" + alias.getAlias() + "\" refers to no complete node");
        }
        events.forEach(this::emit);
    }

    private void emit(Event event) {
        nodes++;
        characters += event instanceof ScalarEvent scalar ? scalar.getValue().length() : 0;
        if (nodes > YamlCodec.MAX_EXPANDED_NODES || characters > YamlCodec.MAX_EXPANDED_CHARACTERS) {
            throw new DecodeException("", "the text is too large once its YAML aliases are followed");
        }
        record(event);
        sink.accept(event);
    }

    private void record(Event event) {
        int change = event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
        for (Recording recording : recordings) {
            recording.events.add(event);
            recording.depth += change;
            if (recording.depth == 0) {
                known.put(recording.anchor, recording.events);
            }
        }
        recordings.removeIf(recording -> recording.depth == 0);
    }
}
