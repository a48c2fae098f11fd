package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.meta.v1.StatusCause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events, with the selectors that {@code kubectl describe} asks by. */
final class EventResource extends GenericStrategy<Event> {
    EventResource() {
        super(ResourceTypes.EVENTS);
    }

    /** Events are named after the objects they tell of, whatever those are called. */
    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    public List<StatusCause> validate(Event event) {
        Causes causes = new Causes();
        causes.addAll(super.validate(event));
        ObjectReference object = event.getInvolvedObject();
        if (event.hasEventTime()) {
            checkReporter(event, causes);
            return causes.list();
        }
        boolean clusterScoped = object.getNamespace().isEmpty() && event.getMetadata().getNamespace().equals("default");
        if (!clusterScoped && !object.getNamespace().equals(event.getMetadata().getNamespace())) {
            causes.invalid("involvedObject.namespace", object.getNamespace(), "does not match event.namespace");
        }
        return causes.list();
    }

    /** Events with a time of their own come from recorders that say who they are and what they did. */
    private static void checkReporter(Event event, Causes causes) {
        if (event.getReportingComponent().isEmpty()) {
            causes.required("reportingComponent", "");
        }
        Checks.qualifiedName("reportingComponent", event.getReportingComponent(), causes);
        if (event.getReportingInstance().isEmpty()) {
            causes.required("reportingInstance", "");
        }
        if (event.getAction().isEmpty()) {
            causes.required("action", "");
        }
        if (event.getReason().isEmpty()) {
            causes.required("reason", "");
        }
    }

    @Override
    public Map<String, String> selectableFields(Event event) {
        ObjectReference object = event.getInvolvedObject();
        Map<String, String> fields = new HashMap<>();
        fields.put("involvedObject.kind", object.getKind());
        fields.put("involvedObject.namespace", object.getNamespace());
        fields.put("involvedObject.name", object.getName());
        fields.put("involvedObject.uid", object.getUid());
        fields.put("involvedObject.apiVersion", object.getApiVersion());
        fields.put("involvedObject.resourceVersion", object.getResourceVersion());
        fields.put("involvedObject.fieldPath", object.getFieldPath());
        fields.put("reason", event.getReason());
        fields.put("reportingComponent", event.getReportingComponent());
        fields.put("source", event.getSource().getComponent().isEmpty()
                ? event.getReportingComponent()
                : event.getSource().getComponent());
        fields.put("type", event.getType());
        return fields;
    }
}
