package dev.longshore.scheduler.config;

import java.nio.charset.StandardCharsets;

/**
 * Configurations as tests write them. Behind {@code top} stand fields of the document, behind {@code profile} those of its
 * only profile, behind {@code args X} the arguments of plug-in X there; all else is a document.
 */
public final class ConfigurationText {
    private static final String HEAD = "apiVersion: kubescheduler.config.k8s.io/v1, kind: KubeSchedulerConfiguration, ";

    private ConfigurationText() {
    }

    public static KubeSchedulerConfiguration read(String text) {
        return KubeSchedulerConfiguration.read(document(text).getBytes(StandardCharsets.UTF_8));
    }

    private static String document(String text) {
        String[] words = text.split(" ", 3);
        return switch (words[0]) {
            case "top" -> "{" + HEAD + text.substring("top ".length()) + "}";
            case "profile" -> document("top profiles: [{" + text.substring("profile ".length()) + "}]");
            case "args" -> document("profile pluginConfig: [{name: " + words[1] + ", args: " + words[2] + "}]");
            default -> text;
        };
    }
}
