package dev.longshore.scheduler.config;

import dev.longshore.api.values.Names;
import java.util.List;

/** Names that mean something to Kubernetes. */
final class Values {
    private Values() {
    }

    static String dnsName(Field field) {
        return checked(field, Names.dns1123Subdomain(field.text()));
    }

    /** A key of a label, or the name of a resource. */
    static String qualifiedName(Field field) {
        return checked(field, Names.qualifiedName(field.text()));
    }

    private static String checked(Field field, List<String> problems) {
        if (!problems.isEmpty()) {
            throw field.wrong("\"" + field.text() + "\" " + problems.getFirst());
        }
        return field.text();
    }
}
