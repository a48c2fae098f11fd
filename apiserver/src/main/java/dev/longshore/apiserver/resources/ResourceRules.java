package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.ResourceRequirements;
import dev.longshore.api.resource.Quantity;
import dev.longshore.api.values.Quantities;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** What must hold for the amounts that a container asks for (source: Kubernetes API, core/v1 validation). */
final class ResourceRules {
    private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String PAGES = "hugepages-";

    private ResourceRules() {
    }

    static void check(String path, ResourceRequirements resources, Causes causes) {
        amounts(path + ".limits", resources.getLimitsMap(), causes);
        amounts(path + ".requests", resources.getRequestsMap(), causes);
        resources.getRequestsMap().forEach((name, request) -> {
            if (resources.containsLimits(name)) {
                compare(path + ".requests", name, request, resources.getLimitsOrThrow(name), causes);
            } else if (!mayBeExceeded(name)) {
                causes.required(path + ".limits", "Limit must be set for non overcommitable resources");
            }
        });
    }

    /** Time and memory can be promised twice; pages and devices cannot. */
    private static boolean mayBeExceeded(String name) {
        return !name.startsWith(PAGES) && (!name.contains("/") || name.startsWith("kubernetes.io/"));
    }

    private static void compare(String field, String name, Quantity request, Quantity limit, Causes causes) {
        int order = Quantities.compare(request, limit);
        if (!mayBeExceeded(name) && order != 0) {
            causes.invalid(field, request.getString(), "must be equal to " + name + " limit of " + limit.getString());
        } else if (order > 0) {
            causes.invalid(field, request.getString(),
                    "must be less than or equal to " + name + " limit of " + limit.getString());
        }
    }

    private static void amounts(String path, Map<String, Quantity> amounts, Causes causes) {
        amounts.forEach((name, amount) -> {
            String field = path + "[" + name + "]";
            if (!STANDARD.contains(name) && !name.contains("/") && !name.startsWith(PAGES)) {
                causes.invalid(field, name, "must be a standard resource type or fully qualified");
                causes.invalid(field, name, "must be a standard resource for containers");
            }
            if (Quantities.signum(amount) < 0) {
                causes.invalid(field, amount.getString(), "must be greater than or equal to 0");
            }
            if (name.startsWith(PAGES) && !isWholePages(name, amount)) {
                causes.invalid(field, amount.getString(),
                        amount.getString() + " is not positive integer multiple of " + name);
            }
        });
    }

    private static boolean isWholePages(String name, Quantity amount) {
        try {
            BigDecimal size = Quantities.decimal(Quantities.parse(name.substring(PAGES.length())));
            return size.signum() > 0 && Quantities.signum(amount) >= 0
                    && Quantities.decimal(amount).remainder(size).signum() == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
