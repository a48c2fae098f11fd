package dev.longshore.agent.images;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.cri.v1.AuthConfig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the logins in an image pull secret: by registry, as Docker's configuration file writes them. */
final class DockerConfig {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String CONFIG_KEY = ".dockerconfigjson";
    private static final String OLD_KEY = ".dockercfg";

    private DockerConfig() {
    }

    /**
     * Registry, as the file names it, to login.
     *
     * @throws IOException when the secret is of another type or its text is not what it should be; the message does
     *                     not repeat the text
     */
    static Map<String, AuthConfig> read(Secret secret) throws IOException {
        ByteString current = secret.getDataOrDefault(CONFIG_KEY, ByteString.EMPTY);
        ByteString old = secret.getDataOrDefault(OLD_KEY, ByteString.EMPTY);
        return switch (secret.getType()) {
            case "kubernetes.io/dockerconfigjson" -> parse(current, true);
            case "kubernetes.io/dockercfg" -> parse(old, false);
            default -> throw new IOException("type " + secret.getType() + " holds no logins of registries");
        };
    }

    private static Map<String, AuthConfig> parse(ByteString text, boolean wrapped) throws IOException {
        Map<String, AuthConfig> logins = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(text.newInput())) {
            expectObject(json);
            if (!wrapped) {
                logins(json, logins);
                return logins;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean auths = json.currentName().equals("auths");
                json.nextToken();
                if (auths && json.currentToken() == JsonToken.START_OBJECT) {
                    logins(json, logins);
                } else {
                    json.skipChildren();
                }
            }
            return logins;
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the text.
            throw new IOException("its data is not JSON");
        }
    }

    private static void expectObject(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("its data is not a JSON object");
        }
    }

    private static void logins(JsonParser json, Map<String, AuthConfig> logins) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String registry = json.currentName();
            expectObject(json);
            logins.put(registry, login(json));
        }
    }

    private static AuthConfig login(JsonParser json) throws IOException {
        AuthConfig.Builder login = AuthConfig.newBuilder();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            String value = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
            switch (field) {
                case "username" -> login.setUsername(value);
                case "password" -> login.setPassword(value);
                case "auth" -> login.setAuth(value);
                case "identitytoken" -> login.setIdentityToken(value);
                case "registrytoken" -> login.setRegistryToken(value);
                default -> json.skipChildren();
            }
        }
        return login.build();
    }
}
