package dev.longshore.scheduler.state;

import dev.longshore.api.core.v1.Toleration;
import java.util.List;

/** A taint of a node, less the time it was added. */
public record NodeTaint(String key, String value, String effect) {
    /** Pods that do not tolerate the taint do not come; NoExecute sends away those that are there. */
    public boolean repels() {
        return effect.equals("NoSchedule") || effect.equals("NoExecute");
    }

    /** Pods that do not tolerate the taint come only if they must. */
    public boolean deters() {
        return effect.equals("PreferNoSchedule");
    }

    public boolean toleratedBy(List<Toleration> tolerations) {
        for (Toleration toleration : tolerations) {
            if (toleratedBy(toleration)) {
                return true;
            }
        }
        return false;
    }

    private boolean toleratedBy(Toleration toleration) {
        if (!toleration.getEffect().isEmpty() && !toleration.getEffect().equals(effect)) {
            return false;
        }
        if (!toleration.getKey().isEmpty() && !toleration.getKey().equals(key)) {
            return false;
        }
        return switch (toleration.getOperator()) {
            case "", "Equal" -> toleration.getValue().equals(value);
            case "Exists" -> true;
            default -> false;
        };
    }

    /** {@code {key: value}}, as messages name a taint. */
    public String text() {
        return "{" + key + ": " + value + "}";
    }
}
