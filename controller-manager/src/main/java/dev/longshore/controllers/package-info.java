/**
 * The controller manager: {@link dev.longshore.controllers.ControllerManager} runs every reconciler that
 * {@link dev.longshore.controllers.Controllers} lists, one package each. Reconcilers read caches, decide in a pure
 * {@code XPlan} and write through {@link dev.longshore.client.ApiClient}; they run on tasks and own no state that
 * matters after a restart. The module must not know the API server, the scheduler or the agent.
 */
package dev.longshore.controllers;
