package dev.longshore.apiserver.discovery;

import dev.longshore.api.ProductVersion;

/** What {@code /version} answers: the version of the Kubernetes API that is spoken, with our own as build metadata. */
public final class VersionInfo {
    /** Semantic version; kubectl compares major and minor with its own. */
    public static final String GIT_VERSION = ProductVersion.KUBERNETES;

    private VersionInfo() {
    }

    static byte[] write() {
        return JsonText.object(json -> {
            json.writeStringField("major", "1");
            json.writeStringField("minor", "32");
            json.writeStringField("gitVersion", GIT_VERSION);
            json.writeStringField("gitCommit", "");
            json.writeStringField("gitTreeState", "");
            json.writeStringField("buildDate", "1970-01-01T00:00:00Z");
            json.writeStringField("goVersion", "");
            json.writeStringField("compiler", "");
            json.writeStringField("platform", "linux/" + architecture());
        });
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }
}
