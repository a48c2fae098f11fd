/**
 * The {@code longshore} command: one class per subcommand, and the wiring of components into processes.
 *
 * <p>Entry class: {@link dev.longshore.cli.Main}. {@link dev.longshore.cli.LocalCluster} wires a whole cluster into one
 * process, {@link dev.longshore.cli.Node} the parts of a node. This package knows every component and none knows it.
 */
package dev.longshore.cli;
