package dev.longshore.controllers.runner;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.client.informer.ChangeListener;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Which keys are due when an object of a resource changes.
 *
 * @param keys the keys of one state of the object; those of the state before a change and after it are due
 */
public record Source<T extends Message, K>(ResourceType<T> type, Function<T, ? extends Collection<K>> keys) {
    /** The object's own key. */
    public static <T extends Message> Source<T, ObjectKey> self(ResourceType<T> type) {
        return new Source<>(type, object -> List.of(type.key(object)));
    }

    void wire(Informers informers, Consumer<K> due) {
        informers.of(type).onChange(new ChangeListener<>() {
            @Override
            public void onChange(Optional<T> before, Optional<T> after) {
                before.ifPresent(object -> keys.apply(object).forEach(due));
                after.ifPresent(object -> keys.apply(object).forEach(due));
            }
        });
    }
}
