package dev.longshore.scheduler.plugins;

import java.util.Arrays;
import java.util.Optional;

/** Where a plug-in may act, by the names of the configuration (KubeSchedulerConfiguration v1, Plugins). */
public enum ExtensionPoint {
    PRE_ENQUEUE("preEnqueue"), QUEUE_SORT("queueSort"), PRE_FILTER("preFilter"), FILTER("filter"),
    POST_FILTER("postFilter"), PRE_SCORE("preScore"), SCORE("score"), RESERVE("reserve"),
    PERMIT("permit"), PRE_BIND("preBind"), BIND("bind"), POST_BIND("postBind");

    private final String field;

    ExtensionPoint(String field) {
        this.field = field;
    }

    /** The name of its field in the configuration. */
    public String field() {
        return field;
    }

    public static Optional<ExtensionPoint> of(String field) {
        return Arrays.stream(values()).filter(point -> point.field.equals(field)).findFirst();
    }
}
