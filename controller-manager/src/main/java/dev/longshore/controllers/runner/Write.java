package dev.longshore.controllers.runner;

import dev.longshore.api.ResourceType;

/**
 * Something that a reconcile wrote.
 *
 * @param version the store's version of the change; empty when the answer was lost, so that it may or may not have
 *                happened
 */
record Write(ResourceType<?> type, String namespace, String version) {
    boolean uncertain() {
        return version.isEmpty();
    }
}
