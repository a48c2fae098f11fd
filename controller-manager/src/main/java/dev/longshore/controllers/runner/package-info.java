/**
 * How reconcilers are run: {@link dev.longshore.controllers.runner.Controller} turns changes in caches into keys and
 * keys into calls of a {@link dev.longshore.controllers.runner.Reconciler}, whose contract is the thing to read first.
 * Everything is event-driven, so one thread is enough. The package must not know any reconciler.
 */
package dev.longshore.controllers.runner;
