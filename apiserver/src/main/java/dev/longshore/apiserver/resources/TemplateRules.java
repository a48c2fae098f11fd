package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.meta.v1.LabelSelector;
import java.util.List;

/** What must hold for a selector and the template of the pods that it selects (source: Kubernetes API, apps/v1). */
final class TemplateRules {
    private static final String SELECTOR = "spec.selector";
    private static final String TEMPLATE = "spec.template";

    private TemplateRules() {
    }

    /** @param kind in lower case, as messages name it */
    static void check(String kind, LabelSelector selector, boolean hasSelector, PodTemplateSpec template,
            Causes causes) {
        Causes wrong = new Causes();
        if (!hasSelector) {
            causes.required(SELECTOR, "");
        } else {
            Checks.selector(SELECTOR, selector, wrong);
            causes.addAll(wrong.list());
            if (selector.getMatchLabelsCount() == 0 && selector.getMatchExpressionsCount() == 0) {
                causes.invalid(SELECTOR, "{}", "empty selector is invalid for " + kind);
            }
            if (!wrong.list().isEmpty()) {
                causes.invalid(SELECTOR, "{}", "invalid label selector");
                return;
            }
        }
        OptionRules.check(TEMPLATE, template, causes);
        boolean selectable = selector.getMatchLabelsCount() > 0 || selector.getMatchExpressionsCount() > 0;
        if ((!hasSelector || selectable) && (!hasSelector || !Checks.matches(selector,
                template.getMetadata().getLabelsMap()))) {
            causes.invalid(TEMPLATE + ".metadata.labels", template.getMetadata().getLabelsMap().toString(),
                    "`selector` does not match template `labels`");
        }
        MetadataRules.labels(TEMPLATE + ".labels", template.getMetadata().getLabelsMap(), causes);
        MetadataRules.annotations(TEMPLATE + ".annotations", template.getMetadata().getAnnotationsMap(), causes);
        PodRules.check(TEMPLATE + ".spec", template.getSpec(), causes);
        String policy = template.getSpec().getRestartPolicy();
        if (!policy.equals("Always") && List.of("OnFailure", "Never").contains(policy)) {
            causes.notSupported(TEMPLATE + ".spec.restartPolicy", policy, List.of("Always"));
        }
        if (template.getSpec().hasActiveDeadlineSeconds()) {
            causes.forbidden(TEMPLATE + ".spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    static void checkUnchanged(LabelSelector selector, LabelSelector stored, Causes causes) {
        if (!selector.equals(stored)) {
            causes.invalid(SELECTOR, "{}", "field is immutable");
        }
    }
}
