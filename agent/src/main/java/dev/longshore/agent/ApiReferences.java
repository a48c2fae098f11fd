package dev.longshore.agent;

import com.google.protobuf.Message;
import dev.longshore.agent.env.References;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.api.core.v1.Service;
import dev.longshore.client.ApiClient;
import dev.longshore.client.Query;
import java.util.List;
import java.util.Optional;

/** What pods refer to, read from the API when it is needed: an agent keeps no copy of secrets. */
final class ApiReferences implements References {
    private final ApiClient client;

    ApiReferences(ApiClient client) {
        this.client = client;
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return get(ResourceTypes.CONFIG_MAPS, new ObjectKey(namespace, name));
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return get(ResourceTypes.SECRETS, new ObjectKey(namespace, name));
    }

    @Override
    public List<Service> services(String namespace) {
        return client.list(ResourceTypes.SERVICES, Query.namespace(namespace)).items();
    }

    private <T extends Message> Optional<T> get(ResourceType<T> type, ObjectKey key) {
        try {
            return Optional.of(client.get(type, key));
        } catch (ApiException e) {
            if (e.is(Reason.NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
