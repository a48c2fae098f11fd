/** Replays what a Kubernetes API server was recorded to answer against the registry. */
package dev.longshore.apiserver.reference;
