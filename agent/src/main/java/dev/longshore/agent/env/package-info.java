/**
 * The environment of a container: {@link dev.longshore.agent.env.EnvBuilder} gathers it in the order the Kubernetes API
 * defines, {@link dev.longshore.agent.env.EnvExpander} replaces references in it. Everything here is a pure function of
 * its arguments; objects come through {@link dev.longshore.agent.env.References}, whose calls may block.
 */
package dev.longshore.agent.env;
