package dev.longshore.apiserver.inprocess;

import com.google.protobuf.Message;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.json.Canonical;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.Preconditions;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.registry.ListRequest;
import dev.longshore.apiserver.registry.ObjectWatch;
import dev.longshore.apiserver.registry.Page;
import dev.longshore.apiserver.registry.PatchRequest;
import dev.longshore.apiserver.registry.ReadContext;
import dev.longshore.apiserver.registry.Registry;
import dev.longshore.apiserver.registry.WatchRequest;
import dev.longshore.apiserver.registry.WriteContext;
import dev.longshore.client.ApiClient;
import dev.longshore.client.BindOutcome;
import dev.longshore.client.CreateOutcome;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.Deletion;
import dev.longshore.client.LeaderTerm;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Patch;
import dev.longshore.client.PodPlacement;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchListener;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The API for components of the same process: calls go straight to the registry, as one user, on the calling thread.
 * Nothing is encoded and no thread is used, so over an in-memory store it also serves a simulator on one thread.
 */
public final class LocalApiClient implements ApiClient {
    private static final System.Logger LOG = System.getLogger(LocalApiClient.class.getName());

    private final Registry registry;
    private final ReadContext reads;
    private final WriteContext writes;

    /** The user's name is the name under which fields are owned. */
    public LocalApiClient(Registry registry, User user) {
        this.registry = registry;
        this.reads = new ReadContext(user);
        this.writes = new WriteContext(user, user.name(), false, false,
                warning -> LOG.log(System.Logger.Level.DEBUG, () -> "warning=\"" + warning + "\" user=" + user.name()));
    }

    @Override
    public <T extends Message> T get(ResourceType<T> type, ObjectKey key) {
        return registry.get(type, key, reads);
    }

    @Override
    public <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
        Page<T> page = registry.list(type,
                ListRequest.newest(query.namespace(), query.labelSelector(), query.fieldSelector()), reads);
        return new ObjectList<>(page.resourceVersion(), page.items());
    }

    @Override
    public <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
            WatchListener<T> listener) {
        LocalWatch<T> watch = new LocalWatch<>(listener);
        ObjectWatch running = registry.watch(type, new WatchRequest(query.namespace(), query.labelSelector(),
                query.fieldSelector(), resourceVersion, true, false), watch, reads);
        watch.start(running);
        return watch;
    }

    @Override
    public <T extends Message> T create(ResourceType<T> type, T object) {
        return registry.create(type, Canonical.normalise(object), writes);
    }

    @Override
    public <T extends Message> List<CreateOutcome<T>> createEach(ResourceType<T> type, List<T> objects) {
        return registry.createEach(type, objects.stream().map(Canonical::normalise).toList(), writes);
    }

    @Override
    public <T extends Message> T update(ResourceType<T> type, T object) {
        return registry.update(type, type.key(object), "", object, writes);
    }

    @Override
    public <T extends Message> T updateStatus(ResourceType<T> type, T object) {
        return registry.update(type, type.key(object), "status", object, writes);
    }

    @Override
    public Namespace finalizeNamespace(Namespace namespace) {
        return (Namespace) registry.writeSubresource(ResourceTypes.NAMESPACES, ResourceTypes.NAMESPACES.key(namespace),
                "finalize", namespace, writes);
    }

    @Override
    public <T extends Message> T patch(ResourceType<T> type, ObjectKey key, Patch patch) {
        PatchRequest.Kind kind = switch (patch.kind()) {
            case JSON -> PatchRequest.Kind.JSON;
            case MERGE -> PatchRequest.Kind.MERGE;
            case STRATEGIC_MERGE -> PatchRequest.Kind.STRATEGIC_MERGE;
        };
        String subresource = switch (patch.target()) {
            case OBJECT -> "";
            case STATUS -> "status";
        };
        return registry.patch(type, key, subresource,
                new PatchRequest(kind, patch.document().getBytes(StandardCharsets.UTF_8), false), writes);
    }

    @Override
    public <T extends Message> Deletion<T> delete(ResourceType<T> type, ObjectKey key, DeleteQuery query) {
        DeleteOptions.Builder options = DeleteOptions.newBuilder().setPropagationPolicy(switch (query.propagation()) {
            case BACKGROUND -> "Background";
            case FOREGROUND -> "Foreground";
            case ORPHAN -> "Orphan";
        });
        query.gracePeriodSeconds().ifPresent(options::setGracePeriodSeconds);
        query.uid().ifPresent(uid -> options.setPreconditions(Preconditions.newBuilder().setUid(uid)));
        return registry.delete(type, key, options.build(), writes);
    }

    @Override
    public List<BindOutcome> bind(List<PodPlacement> placements, LeaderTerm term) {
        return registry.bind(placements, term, writes);
    }
}
