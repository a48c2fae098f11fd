package dev.longshore.cli;

import dev.longshore.client.ClusterView;
import dev.longshore.scheduler.insight.service.InsightService;
import dev.longshore.scheduler.plugins.Profiles;
import io.grpc.BindableService;
import java.util.List;
import java.util.function.Supplier;

/** What an API server serves beside the API: answers by the scheduler's rules. */
final class Insight {
    private Insight() {
    }

    static List<BindableService> services(Supplier<ClusterView> views, Profiles profiles) {
        return List.of(new InsightService(views, profiles));
    }
}
