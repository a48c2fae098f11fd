package dev.longshore.apiserver.http;

import dev.longshore.api.envelope.ProtobufEnvelope;
import java.util.Optional;

/** How an object is written in a request or an answer. */
enum BodyFormat {
    JSON("application/json"), YAML("application/yaml"), PROTOBUF(ProtobufEnvelope.MEDIA_TYPE);

    private final String mediaType;

    BodyFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    static Optional<BodyFormat> of(String mediaType) {
        for (BodyFormat format : values()) {
            if (format.mediaType.equals(mediaType)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
