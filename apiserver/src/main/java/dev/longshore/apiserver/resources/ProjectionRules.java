package dev.longshore.apiserver.resources;

import dev.longshore.api.core.v1.DownwardAPIVolumeFile;
import dev.longshore.api.core.v1.KeyToPath;
import dev.longshore.api.core.v1.ProjectedVolumeSource;
import dev.longshore.api.core.v1.ServiceAccountTokenProjection;
import dev.longshore.api.core.v1.VolumeProjection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for the files of volumes that objects fill (source: Kubernetes API, core/v1 validation). */
final class ProjectionRules {
    private static final int MAX_MODE = 0777;
    private static final long MIN_TOKEN_SECONDS = 600;
    private static final long MAX_TOKEN_SECONDS = 1L << 32;

    private ProjectionRules() {
    }

    static void mode(String field, int mode, Causes causes) {
        if (mode < 0 || mode > MAX_MODE) {
            causes.invalid(field, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    static void items(String path, List<KeyToPath> items, Causes causes) {
        for (int i = 0; i < items.size(); i++) {
            Checks.localPath(path + "[" + i + "].path", items.get(i).getPath(), causes);
            mode(path + "[" + i + "].mode", items.get(i).getMode(), causes);
        }
    }

    /** @param path of the volume's source; clients know these fields by paths without the file's number */
    static void check(String path, DownwardAPIVolumeFile file, Causes causes) {
        if (file.getPath().isEmpty()) {
            causes.required(path + ".path", "");
        }
        Checks.localPath(path + ".path", file.getPath(), causes);
        if (file.hasFieldRef() && file.hasResourceFieldRef()) {
            causes.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
        } else if (file.hasFieldRef()) {
            DownwardRules.checkFile(path + ".fieldRef", file.getFieldRef(), causes);
        } else if (file.hasResourceFieldRef()) {
            DownwardRules.checkFile(path + ".resourceFieldRef", file.getResourceFieldRef(), causes);
        } else {
            causes.required(path, "one of fieldRef and resourceFieldRef is required");
        }
        mode(path + ".mode", file.getMode(), causes);
    }

    static void check(String path, ProjectedVolumeSource projected, Causes causes) {
        mode(path + ".defaultMode", projected.getDefaultMode(), causes);
        Set<String> files = new HashSet<>();
        for (int i = 0; i < projected.getSourcesCount(); i++) {
            VolumeProjection source = projected.getSources(i);
            String place = path + ".sources[" + i + "]";
            if (source.getAllFields().size() > 1) {
                causes.forbidden(place, "may not specify more than 1 volume type per source");
            }
            check(place, source, causes);
            if (!paths(source).stream().allMatch(files::add)) {
                causes.invalid(path, String.join(",", paths(source)), "conflicting duplicate paths");
            }
        }
    }

    private static List<String> paths(VolumeProjection source) {
        if (source.hasServiceAccountToken()) {
            return List.of(source.getServiceAccountToken().getPath());
        }
        return source.hasDownwardAPI()
                ? source.getDownwardAPI().getItemsList().stream().map(DownwardAPIVolumeFile::getPath).toList()
                : (source.hasSecret() ? source.getSecret().getItemsList() : source.getConfigMap().getItemsList())
                        .stream().map(KeyToPath::getPath).toList();
    }

    private static void check(String path, VolumeProjection source, Causes causes) {
        if (source.hasSecret()) {
            name(path + ".secret.name", source.getSecret().getLocalObjectReference().getName(), causes);
            items(path + ".secret.items", source.getSecret().getItemsList(), causes);
        }
        if (source.hasConfigMap()) {
            name(path + ".configMap.name", source.getConfigMap().getLocalObjectReference().getName(), causes);
            items(path + ".configMap.items", source.getConfigMap().getItemsList(), causes);
        }
        source.getDownwardAPI().getItemsList().forEach(file -> check(path + ".downwardAPI", file, causes));
        if (source.hasServiceAccountToken()) {
            check(path + ".serviceAccountToken", source.getServiceAccountToken(), causes);
        }
    }

    private static void name(String field, String name, Causes causes) {
        if (name.isEmpty()) {
            causes.required(field, "");
        }
    }

    private static void check(String path, ServiceAccountTokenProjection token, Causes causes) {
        if (token.getExpirationSeconds() < MIN_TOKEN_SECONDS) {
            causes.invalid(path + ".expirationSeconds", token.getExpirationSeconds(),
                    "may not specify a duration less than 10 minutes");
        } else if (token.getExpirationSeconds() > MAX_TOKEN_SECONDS) {
            causes.invalid(path + ".expirationSeconds", token.getExpirationSeconds(),
                    "may not specify a duration larger than 2^32 seconds");
        }
        Checks.localPath(path + ".path", token.getPath(), causes);
    }
}
