package dev.longshore.controllers;

import dev.longshore.api.ResourceType;
import dev.longshore.common.time.Clock;
import dev.longshore.controllers.deployment.DeploymentReconciler;
import dev.longshore.controllers.endpointslice.EndpointSliceReconciler;
import dev.longshore.controllers.endpointslice.EndpointsReconciler;
import dev.longshore.controllers.eventttl.EventTtlReconciler;
import dev.longshore.controllers.garbage.GarbageReconciler;
import dev.longshore.controllers.namespace.NamespaceReconciler;
import dev.longshore.controllers.nodeipam.CidrPool;
import dev.longshore.controllers.nodeipam.NodeIpamReconciler;
import dev.longshore.controllers.nodelifecycle.NodeLifecycleReconciler;
import dev.longshore.controllers.podgc.PodGcReconciler;
import dev.longshore.controllers.replicaset.ReplicaSetReconciler;
import dev.longshore.controllers.runner.ControllerSpec;
import dev.longshore.controllers.runner.Events;
import dev.longshore.controllers.runner.Informers;
import dev.longshore.controllers.serviceaccount.NamespaceDefaultsReconciler;
import dev.longshore.controllers.tainteviction.TaintEvictionReconciler;
import java.util.List;
import java.util.function.Function;

/** Every reconciler, one line each. */
final class Controllers {
    /**
     * What reconcilers are made of.
     *
     * @param served what the API server offers
     * @param events by the name of the component that reports: {@code deployment-controller}
     */
    record Parts(ControllerConfig config, Informers informers, List<ResourceType<?>> served, Clock clock,
            Function<String, Events> events) {}

    private Controllers() {
    }

    static List<ControllerSpec<?>> all(Parts parts) {
        Informers informers = parts.informers();
        Clock clock = parts.clock();
        ControllerConfig config = parts.config();
        Function<String, Events> events = parts.events();
        Events nodeEvents = events.apply("node-controller");
        return List.of(
                new DeploymentReconciler(informers, clock, events.apply("deployment-controller")).spec(),
                new ReplicaSetReconciler(informers, clock, events.apply("replicaset-controller")).spec(),
                new EndpointSliceReconciler(informers).spec(),
                new EndpointsReconciler(informers).spec(),
                new NodeLifecycleReconciler(informers, config.nodeGrace(), clock, nodeEvents).spec(),
                new TaintEvictionReconciler(informers, clock, events.apply("taint-eviction-controller")).spec(),
                new NodeIpamReconciler(informers, CidrPool.of(config.clusterCidr(), config.nodeCidrPrefix()),
                        nodeEvents).spec(),
                new NamespaceReconciler(informers, parts.served(), clock).spec(),
                new NamespaceDefaultsReconciler(informers, config.caPem()).spec(),
                new PodGcReconciler(informers, clock).spec(),
                new GarbageReconciler(informers, parts.served(), events.apply("garbage-collector-controller")).spec(),
                new EventTtlReconciler(informers, clock).spec());
    }
}
