/**
 * The form of a process's logs. Entry class: {@link dev.longshore.common.logging.Logging}, called once by the thread
 * that starts the process; everybody else writes to {@link java.lang.System.Logger} and does not know this package.
 * It must not know what is logged.
 */
package dev.longshore.common.logging;
