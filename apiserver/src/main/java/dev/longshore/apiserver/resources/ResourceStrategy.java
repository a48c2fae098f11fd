package dev.longshore.apiserver.resources;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The rules of one resource. The registry runs them in the order in which they stand here; all are pure functions of
 * their arguments and change nothing. What a hook does not say, {@link GenericStrategy} says for every kind.
 *
 * <p>A write runs: {@link #defaults}, admission, {@link #prepareForCreate} or {@link #prepareForUpdate}, the checks,
 * {@link #warnings}, and then the conditional write. A read runs nothing but {@link #selectableFields}.
 */
public interface ResourceStrategy<T extends Message> {
    ResourceType<T> type();

    /** The subresources that are served: {@code status}, {@code scale}, {@code binding}... */
    Set<String> subresources();

    /** How an object must be called. */
    NameRule nameRule();

    /** Whether metadata.generation counts changes of the object's specification. */
    boolean countsGenerations();

    /** Whether an update may come without a resourceVersion and then replaces whatever is there. */
    boolean allowsUnconditionalUpdate();

    /** Whether an update of an object that does not exist creates it. */
    boolean allowsCreateOnUpdate();

    /** Fills what the client left out and does not depend on other objects. Runs on every write, of status too. */
    T defaults(T object);

    /** Clears what a client may not set at creation; the status, mostly. */
    T prepareForCreate(T object);

    /**
     * Carries over from {@code stored} what this update may not change.
     *
     * @param subresource "" or "status"
     */
    T prepareForUpdate(T object, T stored, String subresource);

    /** What is wrong with a new object; metadata has been checked already. */
    List<StatusCause> validate(T object);

    /** What is wrong with the change, {@link #validate} of the new state included. */
    List<StatusCause> validateUpdate(T object, T stored, String subresource);

    /** What is accepted but not acted on: one sentence each, as {@code Warning} headers carry them. */
    List<String> warnings(T object);

    /** Values by field selector path, {@code metadata.name} and {@code metadata.namespace} aside. */
    Map<String, String> selectableFields(T object);

    /** One of {@link #selectableFields}; every watcher with a field selector asks for it at every change. */
    default String selectableField(T object, String field) {
        return selectableFields(object).getOrDefault(field, "");
    }

    /**
     * How long a deleted object stays for its agent to finish with it.
     *
     * @param requestedSeconds what the request says, empty if nothing
     * @return empty for kinds without graceful deletion, 0 to remove the object at once
     */
    OptionalLong gracePeriodSeconds(T object, OptionalLong requestedSeconds);

    /** Whether something besides its grace period and metadata.finalizers keeps an object that is being deleted. */
    boolean isHeld(T object);

    /** Runs once, when an object that stays for a while is marked as being deleted. */
    T whenMarked(T object);

    /** Whether anything that counts as the object's specification differs. */
    boolean specificationDiffers(T object, T other);

    /** Whether dependents are orphaned when a deletion does not say what becomes of them. */
    boolean orphansByDefault();
}
