package dev.longshore.apiserver.admission;

import com.google.protobuf.Message;

/**
 * One rule that every write passes before it is stored. Both hooks fail with
 * {@link dev.longshore.api.ApiException} to refuse the write.
 */
public interface AdmissionStep {
    /** Runs before validation; answers the object to go on with, the same one if the step has nothing to say. */
    default Message mutate(AdmissionRequest request, Message object) {
        return object;
    }

    /** Runs after validation, or before a deletion; may not change anything. {@code object} is the new state. */
    default void validate(AdmissionRequest request, Message object) {
    }
}
