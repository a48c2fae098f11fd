package dev.longshore.client.grpc;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import dev.longshore.grpc.v1.BindRequest;
import dev.longshore.grpc.v1.BindResponse;
import dev.longshore.grpc.v1.BindingGrpc;
import dev.longshore.grpc.v1.Term;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Bindings over a stream of their own; a pod's number in the list pairs its answer with it. */
final class GrpcBinding implements StreamObserver<BindResponse> {
    private final Map<Long, BindOutcome> answers = new HashMap<>();
    /** The failure of the call, if it failed. */
    private final CompletableFuture<Optional<ApiException>> end = new CompletableFuture<>();

    /** Blocks until the call is over: it needs a deadline. To be called once. */
    List<BindOutcome> call(BindingGrpc.BindingStub stub, List<PodPlacement> placements, LeaderTerm term) {
        Optional<Term> sent = term.isAlways()
                ? Optional.empty()
                : Optional.of(Term.newBuilder().setLeaseNamespace(term.lease().namespace())
                        .setLeaseName(term.lease().name()).setHolder(term.holder()).setNumber(term.number()).build());
        StreamObserver<BindRequest> requests = stub.bind(this);
        for (int i = 0; i < placements.size(); i++) {
            PodPlacement placement = placements.get(i);
            BindRequest.Builder request = BindRequest.newBuilder().setSequence(i)
                    .setNamespace(placement.pod().namespace()).setPod(placement.pod().name())
                    .setPodUid(placement.uid()).setNode(placement.node()).setMore(i + 1 < placements.size());
            sent.ifPresent(request::setTerm);
            requests.onNext(request.build());
        }
        requests.onCompleted();
        ApiException missing = awaitEnd().orElseGet(
                () -> ApiException.of(Reason.SERVICE_UNAVAILABLE, "the server gave no answer"));
        return inOrder(placements.size(), new BindOutcome.Refused(missing));
    }

    /** What ended the call before all was answered. */
    Optional<ApiException> failure() {
        return end.getNow(Optional.empty());
    }

    private Optional<ApiException> awaitEnd() {
        try {
            return end.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of(ApiException.of(Reason.SERVICE_UNAVAILABLE, "interrupted while pods were bound"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it only ever completes normally
        }
    }

    private synchronized List<BindOutcome> inOrder(int count, BindOutcome missing) {
        List<BindOutcome> outcomes = new ArrayList<>(count);
        for (long i = 0; i < count; i++) {
            outcomes.add(answers.getOrDefault(i, missing));
        }
        return outcomes;
    }

    @Override
    public synchronized void onNext(BindResponse response) {
        answers.put(response.getSequence(), response.hasFailure()
                ? new BindOutcome.Refused(ApiException.of(response.getFailure()))
                : new BindOutcome.Bound());
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Optional.of(GrpcErrors.fromGrpc(failure)));
    }

    @Override
    public void onCompleted() {
        end.complete(Optional.empty());
    }
}
