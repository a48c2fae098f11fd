/**
 * What reconcilers ask of API objects: who owns them, whether a selector matches, whether a pod is ready. Pure
 * functions, any thread. Knows no client and no controller.
 */
package dev.longshore.controllers.objects;
