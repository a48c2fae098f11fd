package dev.longshore.apiserver.resources;

import dev.longshore.api.meta.v1.StatusCause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Collects what is wrong with an object, in the words of the Kubernetes API (source: StatusCause reasons and the
 * message
 * forms of its validation errors).
 */
public final class Causes {
    private final List<StatusCause> found = new ArrayList<>();

    public List<StatusCause> list() {
        return List.copyOf(found);
    }

    public void addAll(Collection<StatusCause> causes) {
        found.addAll(causes);
    }

    public void required(String field, String detail) {
        add("FieldValueRequired", field, "Required value" + (detail.isEmpty() ? "" : ": " + detail));
    }

    public void invalid(String field, Object value, String detail) {
        add("FieldValueInvalid", field, "Invalid value: " + quoted(value) + ": " + detail);
    }

    public void notSupported(String field, Object value, Collection<String> supported) {
        add("FieldValueNotSupported", field, "Unsupported value: " + quoted(value) + ": supported values: "
                + supported.stream().sorted().map(Causes::quoted).collect(Collectors.joining(", ")));
    }

    public void forbidden(String field, String detail) {
        add("FieldValueForbidden", field, "Forbidden: " + detail);
    }

    public void duplicate(String field, Object value) {
        add("FieldValueDuplicate", field, "Duplicate value: " + quoted(value));
    }

    public void notFound(String field, Object value) {
        add("FieldValueNotFound", field, "Not found: " + quoted(value));
    }

    public void tooLong(String field, int maximumBytes) {
        add("FieldValueTooLong", field, "Too long: may not be more than " + maximumBytes + " bytes");
    }

    public void tooMany(String field, int count, int maximum) {
        add("FieldValueTooMany", field, "Too many: " + count + ": must have at most " + maximum + " items");
    }

    private void add(String reason, String field, String message) {
        found.add(StatusCause.newBuilder().setReason(reason).setMessage(message).setField(field).build());
    }

    private static String quoted(Object value) {
        return value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value);
    }
}
