package dev.longshore.apiserver.resources;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.longshore.api.core.v1.DownwardAPIVolumeFile;
import dev.longshore.api.core.v1.KeyToPath;
import dev.longshore.api.core.v1.Volume;
import dev.longshore.api.core.v1.VolumeSource;
import dev.longshore.api.values.Quantities;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What must hold for the volumes of a pod (source: Kubernetes API, core/v1 validation). */
final class VolumeRules {
    private static final int MAX_MODE = 0777;
    private static final Set<String> SUPPORTED = Set.of("emptyDir", "hostPath", "configMap", "secret", "downwardAPI",
            "projected");

    private VolumeRules() {
    }

    /** Answers the names that mounts may refer to: those of the volumes in which nothing is wrong. */
    static Set<String> check(String path, List<Volume> volumes, Causes causes) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            String place = path + "[" + i + "]";
            Causes own = new Causes();
            if (!volume.getName().isEmpty()) {
                Checks.label(place + ".name", volume.getName(), own);
                if (names.contains(volume.getName())) {
                    own.duplicate(place + ".name", volume.getName());
                }
            }
            checkSource(place, volume.getVolumeSource(), own);
            causes.addAll(own.list());
            OptionRules.check(place, volume, own);
            if (own.list().isEmpty()) {
                names.add(volume.getName());
            }
        }
        return names;
    }

    static boolean isSupported(VolumeSource source) {
        return source.getAllFields().keySet().stream().map(FieldDescriptor::getName).allMatch(SUPPORTED::contains);
    }

    private static void checkSource(String path, VolumeSource source, Causes causes) {
        List<FieldDescriptor> set = List.copyOf(source.getAllFields().keySet());
        set.stream().skip(1).forEach(field -> causes.forbidden(path + "." + field.getJsonName(),
                "may not specify more than 1 volume type"));
        if (source.hasEmptyDir() && Quantities.signum(source.getEmptyDir().getSizeLimit()) < 0) {
            causes.forbidden(path + ".emptyDir.sizeLimit", "SizeLimit field must be a valid resource quantity");
        }
        if (source.hasHostPath()) {
            Checks.noWayUp(path + ".hostPath.path", source.getHostPath().getPath(), causes);
        }
        if (source.hasConfigMap()) {
            if (source.getConfigMap().getLocalObjectReference().getName().isEmpty()) {
                causes.required(path + ".configMap.name", "");
            }
            mode(path + ".configMap.defaultMode", source.getConfigMap().getDefaultMode(), causes);
            items(path + ".configMap.items", source.getConfigMap().getItemsList(), causes);
        }
        if (source.hasSecret()) {
            if (source.getSecret().getSecretName().isEmpty()) {
                causes.required(path + ".secret.secretName", "");
            }
            mode(path + ".secret.defaultMode", source.getSecret().getDefaultMode(), causes);
            items(path + ".secret.items", source.getSecret().getItemsList(), causes);
        }
        if (source.hasDownwardAPI()) {
            mode(path + ".downwardAPI.defaultMode", source.getDownwardAPI().getDefaultMode(), causes);
            source.getDownwardAPI().getItemsList().forEach(file -> check(path + ".downwardAPI", file, causes));
        }
        if (source.hasProjected()) {
            mode(path + ".projected.defaultMode", source.getProjected().getDefaultMode(), causes);
        }
    }

    private static void mode(String field, int mode, Causes causes) {
        if (mode < 0 || mode > MAX_MODE) {
            causes.invalid(field, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    private static void items(String path, List<KeyToPath> items, Causes causes) {
        for (int i = 0; i < items.size(); i++) {
            Checks.localPath(path + "[" + i + "].path", items.get(i).getPath(), causes);
            mode(path + "[" + i + "].mode", items.get(i).getMode(), causes);
        }
    }

    private static void check(String path, DownwardAPIVolumeFile file, Causes causes) {
        Checks.localPath(path + ".path", file.getPath(), causes);
        if (file.hasFieldRef() && file.hasResourceFieldRef()) {
            causes.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
        } else if (!file.hasFieldRef() && !file.hasResourceFieldRef()) {
            causes.required(path, "one of fieldRef and resourceFieldRef is required");
        }
        mode(path + ".mode", file.getMode(), causes);
    }
}
