package dev.longshore.agent.env;

import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.api.core.v1.Service;
import java.util.List;
import java.util.Optional;

/** The objects that a pod's specification refers to by name. Calls may block and fail with ApiException. */
public interface References {
    Optional<ConfigMap> configMap(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    /** The services of a namespace, by name. */
    List<Service> services(String namespace);
}
