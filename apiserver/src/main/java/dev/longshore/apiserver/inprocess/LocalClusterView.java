package dev.longshore.apiserver.inprocess;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.json.Canonical;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.registry.ListRequest;
import dev.longshore.apiserver.registry.Page;
import dev.longshore.apiserver.registry.ReadContext;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.registry.WriteContext;
import dev.longshore.client.ClusterView;
import java.util.List;

/** The registry's objects at one moment. */
public final class LocalClusterView implements ClusterView {
    private final Registry registry;
    private final User user;
    private String moment = "";

    public LocalClusterView(Registry registry, User user) {
        this.registry = registry;
        this.user = user;
    }

    @Override
    public <T extends Message> List<T> list(ResourceType<T> type) {
        ListRequest request = moment.isEmpty()
                ? ListRequest.newest("", "", "")
                : new ListRequest("", "", "", moment, "Exact", 0, "");
        Page<T> page = registry.list(type, request, new ReadContext(user));
        moment = page.resourceVersion();
        return page.items();
    }

    @Override
    public <T extends Message> T preview(ResourceType<T> type, T object) {
        return registry.create(type, Canonical.normalise(object),
                new WriteContext(user, user.name(), true, false, _ -> {
                }));
    }
}
