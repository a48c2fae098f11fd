package dev.longshore.apiserver.resources;

import com.google.protobuf.ByteString;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Secret;
import java.util.Map;

/** Secrets: {@code stringData} is turned into {@code data} and never kept. */
final class SecretResource extends GenericStrategy<Secret> {
    SecretResource() {
        super(ResourceTypes.SECRETS);
    }

    @Override
    public Secret defaults(Secret secret) {
        Secret.Builder filled = secret.toBuilder();
        secret.getStringDataMap().forEach((key, text) -> filled.putData(key, ByteString.copyFromUtf8(text)));
        filled.clearStringData();
        if (filled.getType().isEmpty()) {
            filled.setType("Opaque");
        }
        return filled.build();
    }

    @Override
    public Map<String, String> selectableFields(Secret secret) {
        return Map.of("type", secret.getType());
    }
}
