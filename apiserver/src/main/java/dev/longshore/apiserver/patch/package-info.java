/**
 * Patches as clients send them: JSON Patch, merge patch and strategic merge patch, on a small tree of JSON.
 *
 * <p>Entry classes: {@link dev.longshore.apiserver.patch.JsonPatch}, {@link dev.longshore.apiserver.patch.MergePatch},
 * {@link dev.longshore.apiserver.patch.StrategicMergePatch}. Pure functions, on any thread. The package knows no store
 * and no kind: how lists merge is read from the options of the message.
 */
package dev.longshore.apiserver.patch;
