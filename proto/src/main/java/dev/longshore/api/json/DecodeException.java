package dev.longshore.api.json;

import dev.longshore.api.ApiException;
import dev.longshore.api.TypeMeta;

/**
 * Text that cannot become the wanted message: broken JSON or YAML, a value of the wrong type, or a limit exceeded. The
 * message names the field.
 */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    DecodeException(String path, String message) {
        super(message, null, false, false);
        this.path = path;
    }

    static DecodeException wrongType(String path, String found, String wanted) {
        return new DecodeException(path,
                "cannot read " + found + " into field \"" + path + "\" of type " + wanted);
    }

    static DecodeException badValue(String path, String why) {
        return new DecodeException(path, "invalid value of field \"" + path + "\": " + why);
    }

    /** The field, as in {@code spec.containers[0].image}; "" where the text as a whole is broken. */
    public String path() {
        return path;
    }

    /** The refusal that a client sees who sent this as an object of {@code type}. */
    public ApiException refusal(TypeMeta type) {
        return ApiException.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                + type.kind() + ": " + getMessage());
    }
}
