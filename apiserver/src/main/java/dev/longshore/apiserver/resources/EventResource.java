package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Event;
import dev.longshore.api.core.v1.ObjectReference;
import java.util.HashMap;
import java.util.Map;

/** Events, with the selectors that {@code kubectl describe} asks by. */
final class EventResource extends GenericStrategy<Event> {
    EventResource() {
        super(ResourceTypes.EVENTS);
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
        fields.put("source", event.getSource().getComponent().isEmpty() ? event.getReportingComponent()
                : event.getSource().getComponent());
        fields.put("type", event.getType());
        return fields;
    }
}
