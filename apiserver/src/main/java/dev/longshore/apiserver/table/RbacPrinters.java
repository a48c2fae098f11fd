package dev.longshore.apiserver.table;

import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.rbac.v1.ClusterRoleBinding;
import dev.longshore.api.rbac.v1.RoleBinding;
import dev.longshore.api.rbac.v1.RoleRef;
import dev.longshore.api.rbac.v1.Subject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of role bindings. */
final class RbacPrinters {
    private static final String COLUMNS = "Name, Role, Age, Users*, Groups*, ServiceAccounts*";

    static final Printer<RoleBinding> ROLE_BINDING = Printer.of(COLUMNS,
            (object, now) -> row(object.getMetadata(), object.getRoleRef(), object.getSubjectsList(), now));
    static final Printer<ClusterRoleBinding> CLUSTER_ROLE_BINDING = Printer.of(COLUMNS,
            (object, now) -> row(object.getMetadata(), object.getRoleRef(), object.getSubjectsList(), now));

    private RbacPrinters() {
    }

    private static Row row(ObjectMeta meta, RoleRef role, List<Subject> subjects, Instant now) {
        return Row.of(meta.getName(), role.getKind() + "/" + role.getName(),
                Ages.since(meta.getCreationTimestamp(), now), names(subjects, "User"), names(subjects, "Group"),
                names(subjects, "ServiceAccount"));
    }

    private static String names(List<Subject> subjects, String kind) {
        return subjects.stream().filter(subject -> subject.getKind().equals(kind)).map(
                subject -> kind.equals("ServiceAccount")
                        ? subject.getNamespace() + "/" + subject.getName()
                        : subject.getName())
                .collect(Collectors.joining(", "));
    }
}
