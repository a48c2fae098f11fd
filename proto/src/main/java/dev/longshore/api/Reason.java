package dev.longshore.api;

/**
 * Why a call failed, in the words of the Kubernetes API, with the HTTP code each stands for (source: Kubernetes API,
 * meta/v1 StatusReason). This table is the only place where reasons and codes meet.
 */
public enum Reason {
    BAD_REQUEST("BadRequest", 400),
    UNAUTHORIZED("Unauthorized", 401),
    FORBIDDEN("Forbidden", 403),
    NOT_FOUND("NotFound", 404),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
    NOT_ACCEPTABLE("NotAcceptable", 406),
    ALREADY_EXISTS("AlreadyExists", 409),
    CONFLICT("Conflict", 409),
    EXPIRED("Expired", 410),
    REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
    UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415),
    INVALID("Invalid", 422),
    TOO_MANY_REQUESTS("TooManyRequests", 429),
    INTERNAL_ERROR("InternalError", 500),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
    TIMEOUT("Timeout", 504);

    private final String text;
    private final int httpCode;

    Reason(String text, int httpCode) {
        this.text = text;
        this.httpCode = httpCode;
    }

    /** The word as it stands in {@code Status.reason}. */
    public String text() {
        return text;
    }

    public int httpCode() {
        return httpCode;
    }

    /** The reason whose word is {@code text}; {@link #INTERNAL_ERROR} for a word that is none of ours. */
    public static Reason of(String text) {
        for (Reason reason : values()) {
            if (reason.text.equals(text)) {
                return reason;
            }
        }
        return INTERNAL_ERROR;
    }
}
