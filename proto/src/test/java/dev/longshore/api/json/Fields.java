package dev.longshore.api.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The content of a message as a tree of field names, so that messages of different classes can be compared. */
final class Fields {
    private Fields() {
    }

    static Map<String, Object> of(Message message) {
        Map<String, Object> tree = new TreeMap<>();
        message.getAllFields().forEach((field, value) -> tree.put(field.getName(), tree(field, value)));
        message.getUnknownFields().asMap().keySet().forEach(number -> tree.put("unknown " + number, true));
        return tree;
    }

    private static Object tree(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Map<String, Object> map = new TreeMap<>();
            ((List<?>) value).forEach(entry -> map.put(FieldPlan.key(entry), single(FieldPlan.value(entry))));
            return map;
        }
        return field.isRepeated() ? ((List<?>) value).stream().map(Fields::single).toList() : single(value);
    }

    private static Object single(Object value) {
        return value instanceof Message message ? of(message) : value;
    }
}
