package dev.longshore.scheduler;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.PersistentVolume;
import dev.longshore.api.core.v1.PersistentVolumeClaim;
import dev.longshore.client.ApiClient;
import dev.longshore.common.time.Environment;
import dev.longshore.scheduler.cycle.Intent;
import dev.longshore.scheduler.cycle.SchedulerEvent;
import dev.longshore.scheduler.volumes.ClaimFacts;
import dev.longshore.scheduler.volumes.VolumePlan;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Writes on task threads which claim a volume is for and on which node a claim's volume is to be made. Completing such
 * a binding is a controller's part, as is making the volume.
 *
 * <p>A plan that failed is written again from its start: what is written already is left as it is.
 */
final class VolumeBinder {
    /** How many plans may be under way. */
    static final int IN_FLIGHT_LIMIT = 32;

    /** Tells the controller that it may undo the binding (Kubernetes API). */
    private static final String BOUND_ANNOTATION = "pv.kubernetes.io/bound-by-controller";

    private final ApiClient client;
    private final Environment environment;
    private final Consumer<SchedulerEvent> results;
    private final Queue<Intent.BindVolumes> waiting = new ArrayDeque<>();
    private int inFlight;

    VolumeBinder(ApiClient client, Environment environment, Consumer<SchedulerEvent> results) {
        this.client = client;
        this.environment = environment;
        this.results = results;
    }

    /** Answered by VolumesWritten or VolumesFailed. Owner thread only. */
    void write(Intent.BindVolumes intent) {
        waiting.add(intent);
        start();
    }

    /** A result has arrived at the owner thread. */
    void finished() {
        inFlight--;
        start();
    }

    private void start() {
        while (inFlight < IN_FLIGHT_LIMIT && !waiting.isEmpty()) {
            Intent.BindVolumes intent = waiting.remove();
            inFlight++;
            environment.tasks().execute(() -> attempt(intent, Retry.first()));
        }
    }

    private void attempt(Intent.BindVolumes intent, Retry retry) {
        try {
            for (VolumePlan.Pairing pairing : intent.plan().pairings()) {
                if (!pair(pairing)) {
                    failed(intent, "volume \"" + pairing.volume() + "\" belongs to another claim");
                    return;
                }
            }
            for (VolumePlan.Provision provision : intent.plan().provisions()) {
                if (!select(provision, intent.plan().node())) {
                    failed(intent, "claim \"" + provision.claim() + "\" is another one now");
                    return;
                }
            }
            results.accept(new SchedulerEvent.VolumesWritten(intent.uid()));
        } catch (ApiException e) {
            refused(intent, retry, e);
        }
    }

    /** Writes that the volume is for the claim; false if it is for another. */
    private boolean pair(VolumePlan.Pairing pairing) {
        PersistentVolume volume = client.get(ResourceTypes.PERSISTENT_VOLUMES, ObjectKey.cluster(pairing.volume()));
        ObjectReference holder = volume.getSpec().getClaimRef();
        if (!volume.getSpec().hasClaimRef()) {
            PersistentVolume.Builder changed = volume.toBuilder();
            changed.getMetadataBuilder().putAnnotations(BOUND_ANNOTATION, "yes");
            changed.getSpecBuilder().setClaimRef(reference(pairing));
            client.update(ResourceTypes.PERSISTENT_VOLUMES, changed.build());
            return true;
        }
        if (!new ObjectKey(holder.getNamespace(), holder.getName()).equals(pairing.claim())) {
            return false;
        }
        if (holder.getUid().isEmpty()) {
            PersistentVolume.Builder changed = volume.toBuilder();
            changed.getSpecBuilder().setClaimRef(reference(pairing));
            client.update(ResourceTypes.PERSISTENT_VOLUMES, changed.build());
            return true;
        }
        return holder.getUid().equals(pairing.claimUid());
    }

    private static ObjectReference reference(VolumePlan.Pairing pairing) {
        return ObjectReference.newBuilder().setApiVersion("v1").setKind("PersistentVolumeClaim")
                .setNamespace(pairing.claim().namespace()).setName(pairing.claim().name()).setUid(pairing.claimUid())
                .build();
    }

    /** Writes on which node the claim's volume is wanted; false if the claim is not the one meant. */
    private boolean select(VolumePlan.Provision provision, String node) {
        PersistentVolumeClaim claim = client.get(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, provision.claim());
        if (!claim.getMetadata().getUid().equals(provision.claimUid())) {
            return false;
        }
        if (!claim.getMetadata().getAnnotationsOrDefault(ClaimFacts.NODE_ANNOTATION, "").equals(node)) {
            PersistentVolumeClaim.Builder changed = claim.toBuilder();
            changed.getMetadataBuilder().putAnnotations(ClaimFacts.NODE_ANNOTATION, node);
            client.update(ResourceTypes.PERSISTENT_VOLUME_CLAIMS, changed.build());
        }
        return true;
    }

    private void refused(Intent.BindVolumes intent, Retry retry, ApiException cause) {
        switch (cause.reason()) {
            case CONFLICT, SERVICE_UNAVAILABLE, TIMEOUT, INTERNAL_ERROR, TOO_MANY_REQUESTS ->
                again(intent, retry, cause);
            case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, ALREADY_EXISTS,
                    EXPIRED, REQUEST_ENTITY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, INVALID ->
                failed(intent, cause.getMessage());
        }
    }

    private void again(Intent.BindVolumes intent, Retry retry, ApiException cause) {
        if (retry.exhausted()) {
            failed(intent, cause.getMessage());
        } else {
            environment.timers().after(retry.delay(environment.randomness()),
                    () -> environment.tasks().execute(() -> attempt(intent, retry.next())));
        }
    }

    private void failed(Intent.BindVolumes intent, String cause) {
        results.accept(new SchedulerEvent.VolumesFailed(intent.uid(), cause));
    }
}
