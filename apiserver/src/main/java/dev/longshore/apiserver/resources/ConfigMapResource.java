package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.meta.v1.StatusCause;
import dev.longshore.api.values.Names;
import java.util.List;

/** ConfigMaps. */
final class ConfigMapResource extends GenericStrategy<ConfigMap> {
    static final int MAX_DATA_BYTES = 1024 * 1024;

    ConfigMapResource() {
        super(ResourceTypes.CONFIG_MAPS);
    }

    @Override
    public List<StatusCause> validate(ConfigMap map) {
        Causes causes = new Causes();
        causes.addAll(super.validate(map));
        long bytes = 0;
        for (var entry : map.getDataMap().entrySet()) {
            key("data", entry.getKey(), causes);
            if (map.containsBinaryData(entry.getKey())) {
                causes.invalid("data[" + entry.getKey() + "]", entry.getKey(), "duplicate of key present in"
                        + " binaryData");
            }
            bytes += entry.getValue().length();
        }
        for (var entry : map.getBinaryDataMap().entrySet()) {
            key("binaryData", entry.getKey(), causes);
            bytes += entry.getValue().size();
        }
        if (bytes > MAX_DATA_BYTES) {
            causes.tooLong("[]", MAX_DATA_BYTES);
        }
        return causes.list();
    }

    static void key(String field, String key, Causes causes) {
        Names.configMapKey(key).forEach(problem -> causes.invalid(field + "[" + key + "]", key, problem));
    }

    @Override
    public List<StatusCause> validateUpdate(ConfigMap map, ConfigMap stored, String subresource) {
        Causes causes = new Causes();
        if (stored.getImmutable()) {
            if (!map.getImmutable()) {
                causes.forbidden("immutable", "field is immutable when `immutable` is set");
            }
            if (!map.getDataMap().equals(stored.getDataMap())) {
                causes.forbidden("data", "field is immutable when `immutable` is set");
            }
            if (!map.getBinaryDataMap().equals(stored.getBinaryDataMap())) {
                causes.forbidden("binaryData", "field is immutable when `immutable` is set");
            }
        }
        causes.addAll(validate(map));
        return causes.list();
    }
}
