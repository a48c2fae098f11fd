package dev.longshore.controllers.serviceaccount;

import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.ServiceAccount;
import dev.longshore.api.meta.v1.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a namespace lacks of the objects that every namespace has. Pure. */
final class NamespaceDefaultsPlan {
    static final String ACCOUNT = "default";
    static final String CA_CONFIG_MAP = "kube-root-ca.crt";
    private static final String CA_KEY = "ca.crt";
    private static final String DESCRIPTION = "kubernetes.io/description";

    sealed interface Action {
        record CreateAccount(ServiceAccount account) implements Action {}

        record CreateCa(ConfigMap map) implements Action {}

        record UpdateCa(ConfigMap map) implements Action {}
    }

    private NamespaceDefaultsPlan() {
    }

    /** @param caPem certificates in PEM; "" publishes none */
    static List<Action> of(Namespace namespace, Optional<ServiceAccount> account, Optional<ConfigMap> ca,
            String caPem) {
        List<Action> actions = new ArrayList<>();
        if (namespace.getMetadata().hasDeletionTimestamp()) {
            return actions;
        }
        String name = namespace.getMetadata().getName();
        if (account.isEmpty()) {
            actions.add(new Action.CreateAccount(ServiceAccount.newBuilder()
                    .setMetadata(ObjectMeta.newBuilder().setName(ACCOUNT).setNamespace(name)).build()));
        }
        Map<String, String> data = Map.of(CA_KEY, caPem);
        if (!caPem.isEmpty() && ca.isEmpty()) {
            actions.add(new Action.CreateCa(ConfigMap.newBuilder().putAllData(data)
                    .setMetadata(ObjectMeta.newBuilder().setName(CA_CONFIG_MAP).setNamespace(name)
                            .putAnnotations(DESCRIPTION, "The CA that signed the API server's certificate."))
                    .build()));
        } else if (!caPem.isEmpty() && !ca.get().getDataMap().equals(data)) {
            actions.add(new Action.UpdateCa(ca.get().toBuilder().clearData().clearBinaryData().putAllData(data)
                    .build()));
        }
        return actions;
    }
}
