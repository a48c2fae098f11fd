package dev.longshore.agent.volumes;

import com.google.protobuf.ByteString;
import dev.longshore.agent.env.DownwardFields;
import dev.longshore.agent.env.MissingReference;
import dev.longshore.agent.env.References;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.DownwardAPIVolumeFile;
import dev.longshore.api.core.v1.KeyToPath;
import dev.longshore.api.core.v1.ProjectedVolumeSource;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.core.v1.VolumeProjection;
import dev.longshore.api.core.v1.VolumeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files from configMaps, secrets and the pod itself: the kinds configMap, secret, downwardAPI and projected. */
final class ContentVolume implements PodVolume {
    private static final int DEFAULT_MODE = 0644;

    private final References references;

    ContentVolume(References references) {
        this.references = references;
    }

    @Override
    public boolean handles(Volume volume) {
        VolumeSource source = volume.getVolumeSource();
        return source.hasConfigMap() || source.hasSecret() || source.hasDownwardAPI() || source.hasProjected();
    }

    @Override
    public Path prepare(DownwardFields fields, Volume volume, Path directory) throws IOException {
        AtomicContent.write(directory, content(fields, volume.getVolumeSource()));
        return directory;
    }

    @Override
    public boolean refreshed() {
        return true;
    }

    private SortedMap<String, AtomicContent.Item> content(DownwardFields fields, VolumeSource source) {
        SortedMap<String, AtomicContent.Item> result = new TreeMap<>();
        String namespace = fields.pod().getMetadata().getNamespace();
        if (source.hasConfigMap()) {
            var from = source.getConfigMap();
            select(result, configMap(namespace, from.getLocalObjectReference().getName(), from.getOptional()),
                    new Wanted(from.getItemsList(), from.getOptional(), mode(from.hasDefaultMode(),
                            from.getDefaultMode())));
        } else if (source.hasSecret()) {
            var from = source.getSecret();
            select(result, secret(namespace, from.getSecretName(), from.getOptional()), new Wanted(
                    from.getItemsList(), from.getOptional(), mode(from.hasDefaultMode(), from.getDefaultMode())));
        } else if (source.hasDownwardAPI()) {
            var from = source.getDownwardAPI();
            downward(result, fields, from.getItemsList(), mode(from.hasDefaultMode(), from.getDefaultMode()));
        } else {
            projected(result, fields, source.getProjected());
        }
        return result;
    }

    private void projected(SortedMap<String, AtomicContent.Item> result, DownwardFields fields,
            ProjectedVolumeSource source) {
        String namespace = fields.pod().getMetadata().getNamespace();
        int mode = mode(source.hasDefaultMode(), source.getDefaultMode());
        for (VolumeProjection from : source.getSourcesList()) {
            if (from.hasConfigMap()) {
                var map = from.getConfigMap();
                select(result, configMap(namespace, map.getLocalObjectReference().getName(), map.getOptional()),
                        new Wanted(map.getItemsList(), map.getOptional(), mode));
            } else if (from.hasSecret()) {
                var secret = from.getSecret();
                select(result, secret(namespace, secret.getLocalObjectReference().getName(), secret.getOptional()),
                        new Wanted(secret.getItemsList(), secret.getOptional(), mode));
            } else if (from.hasDownwardAPI()) {
                downward(result, fields, from.getDownwardAPI().getItemsList(), mode);
            } else {
                throw new MissingReference("projected volumes of service account tokens are not supported yet");
            }
        }
    }

    private record Wanted(List<KeyToPath> items, boolean optional, int mode) {}

    private static void select(SortedMap<String, AtomicContent.Item> result, Optional<Map<String, ByteString>> data,
            Wanted wanted) {
        if (data.isEmpty()) {
            return;
        }
        if (wanted.items().isEmpty()) {
            data.get().forEach((key, value) -> result.put(key, new AtomicContent.Item(value, wanted.mode())));
        }
        for (KeyToPath item : wanted.items()) {
            ByteString value = data.get().get(item.getKey());
            if (value != null) {
                result.put(item.getPath(),
                        new AtomicContent.Item(value, item.hasMode() ? item.getMode() : wanted.mode()));
            } else if (!wanted.optional()) {
                throw new MissingReference("references non-existent key: " + item.getKey());
            }
        }
    }

    private static void downward(SortedMap<String, AtomicContent.Item> result, DownwardFields fields,
            List<DownwardAPIVolumeFile> items, int mode) {
        for (DownwardAPIVolumeFile item : items) {
            String value = item.hasFieldRef()
                    ? fields.field(item.getFieldRef().getFieldPath())
                    : fields.resource(Container.getDefaultInstance(), item.getResourceFieldRef());
            result.put(item.getPath(),
                    new AtomicContent.Item(ByteString.copyFromUtf8(value), item.hasMode() ? item.getMode() : mode));
        }
    }

    private Optional<Map<String, ByteString>> configMap(String namespace, String name, boolean optional) {
        var found = references.configMap(namespace, name);
        if (found.isEmpty() && !optional) {
            throw new MissingReference("configmap \"" + name + "\" not found");
        }
        return found.map(map -> {
            Map<String, ByteString> data = new TreeMap<>(map.getBinaryDataMap());
            map.getDataMap().forEach((key, value) -> data.put(key, ByteString.copyFromUtf8(value)));
            return data;
        });
    }

    private Optional<Map<String, ByteString>> secret(String namespace, String name, boolean optional) {
        var found = references.secret(namespace, name);
        if (found.isEmpty() && !optional) {
            throw new MissingReference("secret \"" + name + "\" not found");
        }
        return found.map(secret -> secret.getDataMap());
    }

    private static int mode(boolean present, int value) {
        return present ? value : DEFAULT_MODE;
    }
}
