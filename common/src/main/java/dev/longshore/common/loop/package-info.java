/**
 * State with one owner thread. Entry class: {@link dev.longshore.common.loop.EventLoop};
 * {@link dev.longshore.common.loop.ThreadLoop} is the loop of production, and tests and the simulator bring their own.
 *
 * <p>Posting is possible from any thread and never waits; posted actions run on the owner, one by one, and must not
 * block. The package knows nothing of what the actions do.
 */
package dev.longshore.common.loop;
