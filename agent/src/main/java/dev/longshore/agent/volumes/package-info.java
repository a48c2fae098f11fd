/**
 * Volumes of pods. {@link dev.longshore.agent.volumes.VolumeTypes} lists the kinds; each makes a directory or a file on
 * this node that containers then mount. Contents from the API are replaced atomically while containers read them.
 *
 * <p>Calls block and come from one operation per pod at a time. Nothing here knows the container runtime.
 */
package dev.longshore.agent.volumes;
