package dev.longshore.controllers.serviceaccount;

import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.ServiceAccount;
import dev.longshore.client.ApiClient;
import dev.longshore.client.informer.Informer;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.runner.Outcome;
import dev.longshore.controllers.runner.Reconciler;
import dev.longshore.controllers.runner.Source;
import java.util.List;
import java.util.Optional;

/** Carries out what {@link NamespaceDefaultsPlan} decides. */
public final class NamespaceDefaultsReconciler implements Reconciler<ObjectKey> {
    private static final int WORKERS = 2;

    private final Informer<Namespace> namespaces;
    private final Informer<ServiceAccount> accounts;
    private final Informer<ConfigMap> maps;
    private final String caPem;

    public NamespaceDefaultsReconciler(Informers informers, String caPem) {
        this.namespaces = informers.of(ResourceTypes.NAMESPACES);
        this.accounts = informers.of(ResourceTypes.SERVICE_ACCOUNTS);
        this.maps = informers.of(ResourceTypes.CONFIG_MAPS);
        this.caPem = caPem;
    }

    public ControllerSpec<ObjectKey> spec() {
        return ControllerSpec.of("serviceaccount", WORKERS, this, List.of(Source.self(ResourceTypes.NAMESPACES),
                new Source<>(ResourceTypes.SERVICE_ACCOUNTS, account -> namespace(NamespaceDefaultsPlan.ACCOUNT,
                        ResourceTypes.SERVICE_ACCOUNTS.key(account))),
                new Source<>(ResourceTypes.CONFIG_MAPS, map -> namespace(NamespaceDefaultsPlan.CA_CONFIG_MAP,
                        ResourceTypes.CONFIG_MAPS.key(map)))));
    }

    @Override
    public Outcome reconcile(ObjectKey key, ApiClient client) {
        Optional<Namespace> namespace = namespaces.get(key);
        if (namespace.isPresent()) {
            var actions = NamespaceDefaultsPlan.of(namespace.get(),
                    accounts.get(new ObjectKey(key.name(), NamespaceDefaultsPlan.ACCOUNT)),
                    maps.get(new ObjectKey(key.name(), NamespaceDefaultsPlan.CA_CONFIG_MAP)), caPem);
            actions.forEach(action -> execute(action, client));
        }
        return Outcome.done();
    }

    private static void execute(NamespaceDefaultsPlan.Action action, ApiClient client) {
        switch (action) {
            case NamespaceDefaultsPlan.Action.CreateAccount(ServiceAccount account) ->
                client.create(ResourceTypes.SERVICE_ACCOUNTS, account);
            case NamespaceDefaultsPlan.Action.CreateCa(ConfigMap map) ->
                client.create(ResourceTypes.CONFIG_MAPS, map);
            case NamespaceDefaultsPlan.Action.UpdateCa(ConfigMap map) ->
                client.update(ResourceTypes.CONFIG_MAPS, map);
        }
    }

    private static List<ObjectKey> namespace(String wanted, ObjectKey object) {
        return object.name().equals(wanted) ? List.of(ObjectKey.cluster(object.namespace())) : List.of();
    }
}
