/**
 * The rules of each kind: defaults, what an update may change, validation, warnings, selectable fields.
 *
 * <p>Entry classes: {@link dev.longshore.apiserver.resources.Resources}, the list of what is served, and
 * {@link dev.longshore.apiserver.resources.ResourceStrategy}, the hooks. Pure functions of objects, on any thread;
 * nothing
 * here knows a store, a request or a clock. A new kind is one class and one line in the list.
 */
package dev.longshore.apiserver.resources;
