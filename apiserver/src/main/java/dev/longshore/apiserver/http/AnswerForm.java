package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import java.util.Optional;

/**
 * What the client wants to get.
 *
 * @param version of the group {@code meta.k8s.io}, for views other than OBJECT
 */
record AnswerForm(BodyFormat format, View view, String version, boolean pretty) {
    private static final String META_GROUP = "meta.k8s.io";

    /** How an object is shown. */
    enum View {
        OBJECT, TABLE, PARTIAL
    }

    /** What the answer is about, which decides on the views that it has. */
    enum Subject {
        /** A Status, or another document that has no other view. */
        DOCUMENT,
        OBJECT, LIST, WATCH
    }

    static final AnswerForm PLAIN = new AnswerForm(BodyFormat.JSON, View.OBJECT, "", false);

    /** The best form that both sides know. Fails with NOT_ACCEPTABLE when there is none. */
    static AnswerForm negotiate(Exchange exchange, Subject subject) {
        boolean pretty = exchange.query().flag("pretty");
        String accept = exchange.header("Accept");
        if (accept.isBlank()) {
            return new AnswerForm(BodyFormat.JSON, View.OBJECT, "", pretty);
        }
        for (MediaRange range : MediaRange.accepted(accept)) {
            Optional<AnswerForm> form = form(range, subject, pretty);
            if (form.isPresent()) {
                return form.get();
            }
        }
        throw ApiException.of(Reason.NOT_ACCEPTABLE, "only the following media types are accepted: application/json, "
                + "application/yaml, application/vnd.kubernetes.protobuf");
    }

    private static Optional<AnswerForm> form(MediaRange range, Subject subject, boolean pretty) {
        Optional<BodyFormat> format = range.type().equals("*/*")
                ? Optional.of(BodyFormat.JSON)
                : BodyFormat.of(range.type());
        String as = range.parameter("as");
        if (format.isEmpty() || as.isEmpty()) {
            return format
                    .map(known -> new AnswerForm(subject == Subject.WATCH ? BodyFormat.JSON : known, View.OBJECT, "",
                            pretty))
                    .filter(_ -> subject != Subject.WATCH || format.get() != BodyFormat.YAML);
        }
        String version = range.parameter("v");
        boolean known = range.parameter("g").equals(META_GROUP) && (version.equals("v1") || version.equals("v1beta1"));
        return known && format.get() != BodyFormat.PROTOBUF
                ? view(as, subject).map(view -> new AnswerForm(format.get(), view, version, pretty))
                : Optional.empty();
    }

    private static Optional<View> view(String as, Subject subject) {
        return switch (subject) {
            case DOCUMENT -> Optional.of(View.OBJECT);
            case OBJECT -> one(as, "PartialObjectMetadata");
            case LIST -> one(as, "PartialObjectMetadataList");
            case WATCH -> one(as, "PartialObjectMetadata");
        };
    }

    private static Optional<View> one(String as, String partial) {
        return as.equals("Table")
                ? Optional.of(View.TABLE)
                : as.equals(partial) ? Optional.of(View.PARTIAL) : Optional.empty();
    }

    /** For errors: the format asked for, JSON when that is impossible. */
    static AnswerForm forError(Exchange exchange) {
        try {
            return negotiate(exchange, Subject.DOCUMENT);
        } catch (ApiException _) {
            return PLAIN;
        }
    }
}
