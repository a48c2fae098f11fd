package dev.longshore.controllers.serviceaccount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.core.v1.ServiceAccount;
import dev.longshore.controllers.serviceaccount.NamespaceDefaultsPlan.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NamespaceDefaultsPlanTest {
    private static final Optional<ServiceAccount> ACCOUNT = Optional.of(ServiceAccount.getDefaultInstance());

    /** One row: what the namespace has, and what it gets. */
    record Row(String name, boolean deleted, boolean account, Optional<ConfigMap> ca, String caPem,
            List<String> actions) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Row> ROWS = List.of(
            new Row("a new namespace", false, false, Optional.empty(), "pem",
                    List.of("account n/default", "create n/kube-root-ca.crt pem")),
            new Row("a complete one", false, true, Optional.of(map("pem")), "pem", List.of()),
            new Row("the account was deleted", false, false, Optional.of(map("pem")), "pem",
                    List.of("account n/default")),
            new Row("the certificate was deleted", false, true, Optional.empty(), "pem",
                    List.of("create n/kube-root-ca.crt pem")),
            new Row("the certificate is another one", false, true, Optional.of(map("old")), "pem",
                    List.of("update n/kube-root-ca.crt pem")),
            new Row("somebody added a key", false, true,
                    Optional.of(map("pem").toBuilder().putData("more", "x").build()), "pem",
                    List.of("update n/kube-root-ca.crt pem")),
            new Row("there is no certificate to publish", false, false, Optional.empty(), "",
                    List.of("account n/default")),
            new Row("the namespace is being deleted", true, false, Optional.empty(), "pem", List.of()));

    @ParameterizedTest
    @FieldSource("ROWS")
    void completes(Row row) {
        Namespace.Builder namespace = Namespace.newBuilder();
        namespace.getMetadataBuilder().setName("n");
        if (row.deleted) {
            namespace.getMetadataBuilder().getDeletionTimestampBuilder().setSeconds(1);
        }
        assertThat(NamespaceDefaultsPlan.of(namespace.build(), row.account ? ACCOUNT : Optional.empty(), row.ca,
                row.caPem).stream().map(NamespaceDefaultsPlanTest::text)).containsExactlyElementsOf(row.actions);
    }

    private static String text(Action action) {
        return switch (action) {
            case Action.CreateAccount(ServiceAccount account) -> "account " + account.getMetadata().getNamespace()
                    + "/" + account.getMetadata().getName();
            case Action.CreateCa(ConfigMap map) -> "create " + text(map);
            case Action.UpdateCa(ConfigMap map) -> "update " + text(map);
        };
    }

    private static String text(ConfigMap map) {
        return map.getMetadata().getNamespace() + "/" + map.getMetadata().getName() + " "
                + String.join(",", map.getDataMap().values());
    }

    private static ConfigMap map(String pem) {
        ConfigMap.Builder map = ConfigMap.newBuilder().putData("ca.crt", pem);
        map.getMetadataBuilder().setNamespace("n").setName("kube-root-ca.crt");
        return map.build();
    }
}
