package dev.longshore.apiserver.grpc;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.registry.WriteContext;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import dev.longshore.grpc.v1.BindRequest;
import dev.longshore.grpc.v1.BindResponse;
import dev.longshore.grpc.v1.ResourceName;
import dev.longshore.grpc.v1.Term;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One stream of bindings: requests are gathered until one says that no other follows at once, or the batch is full, and
 * then written together. gRPC calls it by one thread at a time, which may block. A client that does not read its answers
 * is sent no more, and asked for no more than one batch.
 */
final class BindingStream implements StreamObserver<BindRequest> {
    /** Requests that are written together, and that may be under way: etcd writes as many in one transaction. */
    static final int BATCH_LIMIT = 128;

    private final Registry registry;
    private final Access access;
    private final User user;
    private final ServerCallStreamObserver<BindResponse> out;
    private final List<BindRequest> batch = new ArrayList<>();
    /** Answered requests whose room has not been given back to the client. */
    private int owed;

    BindingStream(Registry registry, Access access, User user, ServerCallStreamObserver<BindResponse> out) {
        this.registry = registry;
        this.access = access;
        this.user = user;
        this.out = out;
    }

    /** To be called before the call's first message. */
    void open() {
        out.disableAutoRequest();
        out.setOnReadyHandler(this::giveRoom);
        out.setOnCancelHandler(() -> {
            // The scheduler has gone; what it bound is bound.
        });
        out.request(BATCH_LIMIT);
    }

    @Override
    public void onNext(BindRequest request) {
        batch.add(request);
        if (!request.getMore() || batch.size() == BATCH_LIMIT) {
            answerBatch();
        }
    }

    @Override
    public void onError(Throwable failure) {
        batch.clear();
    }

    @Override
    public void onCompleted() {
        answerBatch();
        out.onCompleted();
    }

    private void giveRoom() {
        if (owed > 0 && out.isReady()) {
            out.request(owed);
            owed = 0;
        }
    }

    private void answerBatch() {
        List<BindRequest> requests = List.copyOf(batch);
        batch.clear();
        Map<Term, List<BindRequest>> byTerm = new LinkedHashMap<>();
        requests.stream().filter(this::mayBind)
                .forEach(request -> byTerm.computeIfAbsent(request.getTerm(), _ -> new ArrayList<>()).add(request));
        byTerm.forEach(this::bind);
        owed += requests.size();
        giveRoom();
    }

    private boolean mayBind(BindRequest request) {
        try {
            access.require(user, "create", ResourceName.newBuilder().setVersion("v1").setResource("pods")
                    .setNamespace(request.getNamespace()).setName(request.getPod()).setSubresource("binding").build());
            return true;
        } catch (ApiException e) {
            answer(request, new BindOutcome.Refused(e));
            return false;
        }
    }

    private void bind(Term term, List<BindRequest> requests) {
        List<BindOutcome> outcomes = registry.bind(requests.stream().map(BindingStream::placement).toList(),
                term(term), new WriteContext(user, user.name(), false, false, _ -> {
                }));
        for (int i = 0; i < outcomes.size(); i++) {
            answer(requests.get(i), outcomes.get(i));
        }
    }

    private static PodPlacement placement(BindRequest request) {
        return new PodPlacement(new ObjectKey(request.getNamespace(), request.getPod()), request.getPodUid(),
                request.getNode());
    }

    private static LeaderTerm term(Term term) {
        return term.equals(Term.getDefaultInstance())
                ? LeaderTerm.ALWAYS
                : new LeaderTerm(new ObjectKey(term.getLeaseNamespace(), term.getLeaseName()), term.getHolder(),
                        term.getNumber());
    }

    private void answer(BindRequest request, BindOutcome outcome) {
        BindResponse.Builder response = BindResponse.newBuilder().setSequence(request.getSequence());
        if (outcome instanceof BindOutcome.Refused(ApiException cause)) {
            response.setFailure(cause.status());
        }
        out.onNext(response.build());
    }
}
