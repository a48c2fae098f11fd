/**
 * Parts of a process that start and stop. Entry classes: {@link dev.longshore.common.lifecycle.Component}, the contract,
 * and {@link dev.longshore.common.lifecycle.Assembly}, which starts components in order and stops them in reverse.
 *
 * <p>Used by the thread that starts the process. {@link dev.longshore.common.lifecycle.FaultHandler} may be called from
 * any. The package knows no component.
 */
package dev.longshore.common.lifecycle;
