package dev.longshore.api;

import dev.longshore.api.meta.v1.ListMeta;
import dev.longshore.api.meta.v1.Status;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.meta.v1.StatusDetails;
import java.util.List;

/**
 * A call that the API refused. It is what a client sees, over whichever edge it came; callers decide on
 * {@link #reason()} and never on the message.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    private ApiException(Status status) {
        super(status.getMessage(), null, false, false);
        this.status = status;
    }

    public static ApiException of(Status status) {
        return new ApiException(status);
    }

    public static ApiException of(Reason reason, String message) {
        return of(reason, message, StatusDetails.getDefaultInstance());
    }

    public static ApiException of(Reason reason, String message, StatusDetails details) {
        return new ApiException(Status.newBuilder().setMetadata(ListMeta.getDefaultInstance()).setStatus("Failure")
                .setMessage(message).setReason(reason.text()).setDetails(details).setCode(reason.httpCode()).build());
    }

    public static ApiException badRequest(String message) {
        return of(Reason.BAD_REQUEST, message);
    }

    public static ApiException notFound(ResourceType<?> type, String name) {
        return of(Reason.NOT_FOUND, type.qualifiedName() + " \"" + name + "\" not found", resourceDetails(type, name));
    }

    public static ApiException alreadyExists(ResourceType<?> type, String name) {
        return of(Reason.ALREADY_EXISTS, type.qualifiedName() + " \"" + name + "\" already exists",
                resourceDetails(type, name));
    }

    public static ApiException conflict(ResourceType<?> type, String name, String why) {
        return of(Reason.CONFLICT,
                "Operation cannot be fulfilled on " + type.qualifiedName() + " \"" + name + "\": " + why,
                resourceDetails(type, name));
    }

    /** The conflict that a writer meets whose copy is older than the stored object. */
    public static ApiException modified(ResourceType<?> type, String name) {
        return conflict(type, name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiException forbidden(ResourceType<?> type, String name, String why) {
        return of(Reason.FORBIDDEN, type.qualifiedName() + " \"" + name + "\" is forbidden: " + why,
                resourceDetails(type, name));
    }

    /** A well-formed object with wrong values: one cause per field. */
    public static ApiException invalid(ResourceType<?> type, String name, List<StatusCause> causes) {
        StringBuilder message = new StringBuilder(type.qualifiedKind()).append(" \"").append(name)
                .append("\" is invalid: ");
        if (causes.size() > 1) {
            message.append('[');
        }
        for (int i = 0; i < causes.size(); i++) {
            message.append(i == 0 ? "" : ", ").append(causes.get(i).getField()).append(": ")
                    .append(causes.get(i).getMessage());
        }
        if (causes.size() > 1) {
            message.append(']');
        }
        return of(Reason.INVALID, message.toString(), StatusDetails.newBuilder().setName(name).setGroup(type.group())
                .setKind(type.kind()).addAllCauses(causes).build());
    }

    /** The version asked for is older than what the server still knows: list again. */
    public static ApiException expired(String message) {
        return of(Reason.EXPIRED, message);
    }

    public static ApiException internal(String message) {
        return of(Reason.INTERNAL_ERROR, "Internal error occurred: " + message, StatusDetails.newBuilder()
                .addCauses(StatusCause.newBuilder().setMessage(message)).build());
    }

    private static StatusDetails resourceDetails(ResourceType<?> type, String name) {
        return StatusDetails.newBuilder().setName(name).setGroup(type.group()).setKind(type.plural()).build();
    }

    public Status status() {
        return status;
    }

    public Reason reason() {
        return Reason.of(status.getReason());
    }

    public boolean is(Reason reason) {
        return reason() == reason;
    }
}
