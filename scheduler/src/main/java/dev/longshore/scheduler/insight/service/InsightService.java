package dev.longshore.scheduler.insight.service;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.client.ClusterView;
import dev.longshore.client.grpc.GrpcErrors;
import dev.longshore.grpc.v1.ExplainRequest;
import dev.longshore.grpc.v1.ExplainResponse;
import dev.longshore.grpc.v1.InsightGrpc;
import dev.longshore.grpc.v1.SimulateRequest;
import dev.longshore.grpc.v1.SimulateResponse;
import dev.longshore.scheduler.insight.Explainer;
import dev.longshore.scheduler.plugins.Profiles;
import dev.longshore.scheduler.state.Amounts;
import dev.longshore.scheduler.state.PodInfo;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Explains and simulates by the rules given, each call on the cluster as it is then. Any thread. */
public final class InsightService extends InsightGrpc.InsightImplBase {
    /** Each call holds a copy of the cluster and a processor; one more is refused. */
    static final int MOST_AT_ONCE = 2;
    private static final System.Logger LOG = System.getLogger(InsightService.class.getName());

    private final Supplier<ClusterView> views;
    private final Profiles profiles;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);

    /** @param views a new view of the cluster each time */
    public InsightService(Supplier<ClusterView> views, Profiles profiles) {
        this.views = views;
        this.profiles = profiles;
    }

    @Override
    public void explain(ExplainRequest request, StreamObserver<ExplainResponse> out) {
        answer(out, () -> explain(request));
    }

    @Override
    public void simulate(SimulateRequest request, StreamObserver<SimulateResponse> out) {
        answer(out, () -> new Simulation(views.get(), profiles).run(request));
    }

    private ExplainResponse explain(ExplainRequest request) {
        if (request.getPod().isEmpty() || request.getNamespace().isEmpty()) {
            throw ApiException.badRequest("name a pod and its namespace");
        }
        Cluster cluster = Cluster.read(views.get());
        Pod pod = cluster.pod(request.getNamespace(), request.getPod());
        PodInfo info = PodInfo.of(pod);
        requireWaiting(info);
        return Answers.of(new Explainer(cluster.snapshot(List.of()), profiles).explain(info,
                Amounts.of(pod.getSpec().getOverheadMap())));
    }

    private static void requireWaiting(PodInfo pod) {
        if (pod.bound()) {
            throw conflict(pod, "it is bound to node " + pod.nodeName());
        }
        if (pod.finished()) {
            throw conflict(pod, "it has ended");
        }
        if (pod.leaving()) {
            throw conflict(pod, "it is being deleted");
        }
    }

    private static ApiException conflict(PodInfo pod, String why) {
        return ApiException.of(Reason.CONFLICT, ResourceTypes.PODS.qualifiedName() + " \"" + pod.key().name()
                + "\" does not wait for a node: " + why);
    }

    private <R> void answer(StreamObserver<R> out, Supplier<R> work) {
        if (!turns.tryAcquire()) {
            out.onError(GrpcErrors.toGrpc(ApiException.of(Reason.TOO_MANY_REQUESTS,
                    MOST_AT_ONCE + " explanations or simulations run already; try again")));
            return;
        }
        try {
            R answer = work.get();
            out.onNext(answer);
            out.onCompleted();
        } catch (ApiException e) {
            out.onError(GrpcErrors.toGrpc(e));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "insight=failed", e);
            out.onError(GrpcErrors.toGrpc(
                    ApiException.internal("the server failed on this request; its log says more")));
        } finally {
            turns.release();
        }
    }
}
