package dev.longshore.apiserver.resources;

import com.google.protobuf.ByteString;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.api.ApiException;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.apiserver.patch.JsonTree;
import java.util.List;
import java.util.Map;

/** Secrets: {@code stringData} is turned into {@code data} and never kept. */
final class SecretResource extends GenericStrategy<Secret> {
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"));

    /** One of them must be there. */
    private static final List<String> BASIC = List.of("username", "password");

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
    public List<StatusCause> validate(Secret secret) {
        Causes causes = new Causes();
        causes.addAll(super.validate(secret));
        secret.getDataMap().keySet().forEach(key -> ConfigMapResource.key("data", key, causes));
        long bytes = secret.getDataMap().values().stream().mapToLong(ByteString::size).sum();
        if (bytes > ConfigMapResource.MAX_DATA_BYTES) {
            causes.tooLong("data", ConfigMapResource.MAX_DATA_BYTES);
        }
        REQUIRED.getOrDefault(secret.getType(), List.of()).stream().filter(key -> !secret.containsData(key))
                .forEach(key -> causes.required("data[" + key + "]", ""));
        if (secret.getType().equals("kubernetes.io/basic-auth") && BASIC.stream().noneMatch(secret::containsData)) {
            BASIC.forEach(key -> causes.required("data[" + key + "]", ""));
        }
        checkLogins(secret, causes);
        return causes.list();
    }

    private static void checkLogins(Secret secret, Causes causes) {
        REQUIRED.getOrDefault(secret.getType(), List.of()).stream()
                .filter(key -> key.startsWith(".docker") && secret.containsData(key) && !isJsonObject(secret, key))
                .forEach(key -> causes.invalid("data[" + key + "]", "<secret contents redacted>", "invalid JSON"));
    }

    private static boolean isJsonObject(Secret secret, String key) {
        try {
            return JsonTree.parse(secret.getDataOrThrow(key).toByteArray()) instanceof Map;
        } catch (ApiException _) {
            return false;
        }
    }

    @Override
    public List<StatusCause> validateUpdate(Secret secret, Secret stored, String subresource) {
        Causes causes = new Causes();
        if (!secret.getType().equals(stored.getType())) {
            causes.invalid("type", secret.getType(), "field is immutable");
        }
        if (stored.getImmutable()) {
            if (!secret.getImmutable()) {
                causes.forbidden("immutable", "field is immutable when `immutable` is set");
            }
            if (!secret.getDataMap().equals(stored.getDataMap())) {
                causes.forbidden("data", "field is immutable when `immutable` is set");
            }
        }
        causes.addAll(validate(secret));
        return causes.list();
    }

    @Override
    public Map<String, String> selectableFields(Secret secret) {
        return Map.of("type", secret.getType());
    }
}
