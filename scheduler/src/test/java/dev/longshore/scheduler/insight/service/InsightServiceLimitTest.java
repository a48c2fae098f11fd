package dev.longshore.scheduler.insight.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.client.ClusterView;
import dev.longshore.client.grpc.GrpcErrors;
import dev.longshore.grpc.v1.ExplainRequest;
import dev.longshore.grpc.v1.ExplainResponse;
import dev.longshore.scheduler.plugins.Profiles;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A server does not work at more questions at once than it should. */
class InsightServiceLimitTest {
    private final CountDownLatch working = new CountDownLatch(InsightService.MOST_AT_ONCE);
    private final CountDownLatch end = new CountDownLatch(1);
    private final InsightService service = new InsightService(HeldView::new, Profiles.standard());

    /** An empty cluster that is read once the test says so. */
    private final class HeldView implements ClusterView {
        @Override
        public <T extends Message> List<T> list(ResourceType<T> type) {
            working.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return List.of();
        }

        @Override
        public <T extends Message> T preview(ResourceType<T> type, T object) {
            throw new AssertionError("not asked for");
        }
    }

    private CompletableFuture<Reason> ask() {
        CompletableFuture<Reason> refusal = new CompletableFuture<>();
        service.explain(ExplainRequest.newBuilder().setNamespace("default").setPod("p").build(),
                new StreamObserver<ExplainResponse>() {
                    @Override
                    public void onNext(ExplainResponse answer) {
                        refusal.completeExceptionally(new AssertionError(answer));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        ApiException known = GrpcErrors.fromGrpc(failure);
                        refusal.complete(known.reason());
                    }

                    @Override
                    public void onCompleted() {
                        refusal.completeExceptionally(new AssertionError("completed"));
                    }
                });
        return refusal;
    }

    @Test
    void oneMoreIsRefusedUntilOneIsDone() throws InterruptedException, ExecutionException {
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < InsightService.MOST_AT_ONCE; i++) {
                tasks.submit(this::ask);
            }
            working.await();
            assertThat(ask().get()).isEqualTo(Reason.TOO_MANY_REQUESTS);
            end.countDown();
        }
        assertThat(ask().get()).as("there is no such pod").isEqualTo(Reason.NOT_FOUND);
    }
}
