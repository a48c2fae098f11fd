package dev.longshore.scheduler.recording;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.client.ApiClient;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Deletion;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.fake.ForwardingApiClient;
import dev.longshore.client.fake.SimulatedTime;
import java.util.List;

/** Refuses some of what a scheduler writes. */
final class UnreliableApi extends ForwardingApiClient {
    private final SimulatedTime random;

    UnreliableApi(ApiClient api, SimulatedTime random) {
        super(api);
        this.random = random;
    }

    private boolean fails() {
        return random.below(100) < 8;
    }

    @Override
    public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
        return placements.stream()
                .map(each -> fails()
                        ? new BindOutcome.Refused(ApiException.of(Reason.FORBIDDEN, "not\ntoday"))
                        : super.bind(List.of(each), term).getFirst())
                .toList();
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, T object) {
        if (fails()) {
            throw ApiException.of(Reason.FORBIDDEN, "not today");
        }
        return super.update(type, object);
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query) {
        if (fails()) {
            throw ApiException.of(Reason.FORBIDDEN, "not today");
        }
        return super.delete(type, key, query);
    }
}
