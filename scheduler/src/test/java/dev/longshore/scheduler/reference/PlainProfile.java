package dev.longshore.scheduler.reference;

import dev.longshore.scheduler.plugins.ExtensionPoint;
import dev.longshore.scheduler.plugins.PluginArguments;
import dev.longshore.scheduler.plugins.PluginName;
import dev.longshore.scheduler.plugins.PluginSet;
import dev.longshore.scheduler.plugins.Plugins;

/** Which rules there are, and what they are told. */
public record PlainProfile(PluginSet rules, PluginArguments arguments) {
    public static final PlainProfile STANDARD = new PlainProfile(PluginSet.STANDARD, PluginArguments.STANDARD);

    /** For the scheduler. */
    Plugins plugins() {
        return Plugins.of(rules, arguments);
    }

    /** Whether the rule may refuse nodes. */
    boolean asks(PluginName rule) {
        return rules.has(rule, ExtensionPoint.FILTER);
    }

    /** 0: the rule does not score. */
    long weight(PluginName rule) {
        return rules.weight(rule);
    }
}
