package dev.longshore.agent.pods;

import dev.longshore.agent.env.References;
import dev.longshore.agent.images.ImageDecision;
import dev.longshore.agent.images.ImageName;
import dev.longshore.agent.images.PullBackoff;
import dev.longshore.agent.images.PullLogins;
import dev.longshore.agent.runtime.ContainerRuntime;
import dev.longshore.agent.runtime.ImageView;
import dev.longshore.agent.runtime.RuntimeFailure;
import dev.longshore.api.ApiException;
import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.LocalObjectReference;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.core.v1.Secret;
import dev.longshore.common.time.Clock;
import dev.longshore.cri.v1.AuthConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes sure that a container's image is on this machine. Blocks; may be used by many pods at once. */
final class ImagePuller {
    private static final System.Logger LOG = System.getLogger(ImagePuller.class.getName());

    private final ContainerRuntime runtime;
    private final PodEvents events;
    private final Clock clock;
    private final References references;
    private final PullBackoff backoff = new PullBackoff();

    ImagePuller(ContainerRuntime runtime, PodEvents events, Clock clock, References references) {
        this.runtime = runtime;
        this.events = events;
        this.clock = clock;
        this.references = references;
    }

    /** Returns when the image is here; fails with the reason a waiting container shows. */
    void ensure(Pod pod, Container container) {
        String name = ImageName.withTag(container.getImage());
        if (!ImageName.valid(name)) {
            throw failure(pod, container, "InvalidImageName",
                    "Failed to apply default image tag \"" + container.getImage() + "\": couldn't parse image name");
        }
        boolean present = runtime.image(name).isPresent();
        switch (ImageDecision.of(container.getImagePullPolicy(), container.getImage(), present)) {
            case USE -> events.normal(pod, container.getName(), "Pulled",
                    "Container image \"" + container.getImage() + "\" already present on machine");
            case REFUSE -> throw failure(pod, container, "ErrImageNeverPull", "Container image \""
                    + container.getImage() + "\" is not present with pull policy of Never");
            case PULL -> pull(pod, container, name);
        }
    }

    private void pull(Pod pod, Container container, String name) {
        Instant now = clock.now();
        if (backoff.until(name).isAfter(now)) {
            String text = "Back-off pulling image \"" + container.getImage() + "\"";
            events.normal(pod, container.getName(), "BackOff", text);
            throw new StepFailure("ImagePullBackOff", text);
        }
        events.normal(pod, container.getName(), "Pulling", "Pulling image \"" + container.getImage() + "\"");
        long begin = clock.nanos();
        try {
            fetch(name, logins(pod, container, name));
        } catch (RuntimeFailure e) {
            backoff.failed(name, now);
            events.warning(pod, container.getName(), "Failed",
                    "Failed to pull image \"" + container.getImage() + "\": " + e.getMessage());
            throw failure(pod, container, "ErrImagePull", e.getMessage());
        }
        backoff.succeeded(name);
        events.normal(pod, container.getName(), "Pulled", "Successfully pulled image \"" + container.getImage()
                + "\" in " + (clock.nanos() - begin) / 1_000_000 + "ms");
    }

    /** With each login in turn; without one when there is none for this registry. */
    private void fetch(String name, List<AuthConfig> logins) {
        for (AuthConfig login : logins.isEmpty() ? List.<AuthConfig>of() : logins.subList(0, logins.size() - 1)) {
            try {
                runtime.pullImage(name, login);
                return;
            } catch (RuntimeFailure e) {
                LOG.log(System.Logger.Level.DEBUG, "image=" + name + " one login refused: " + e.getMessage());
            }
        }
        runtime.pullImage(name, logins.isEmpty() ? AuthConfig.getDefaultInstance() : logins.getLast());
    }

    /** A secret that is missing or unreadable is told and left out: the image may be for everyone. */
    private List<AuthConfig> logins(Pod pod, Container container, String image) {
        List<AuthConfig> logins = new ArrayList<>();
        for (LocalObjectReference reference : pod.getSpec().getImagePullSecretsList()) {
            try {
                Secret secret = references.secret(pod.getMetadata().getNamespace(), reference.getName())
                        .orElseThrow(() -> new IOException("it does not exist"));
                logins.addAll(PullLogins.of(secret, image));
            } catch (IOException | ApiException e) {
                events.warning(pod, container.getName(), "FailedToRetrieveImagePullSecret",
                        "The image pull secret " + reference.getName() + " is not used: " + e.getMessage());
            }
        }
        return logins;
    }

    /** When a pull that failed may be tried again. */
    Instant retryAt(Container container) {
        return backoff.until(ImageName.withTag(container.getImage()));
    }

    ImageView image(Container container) {
        Optional<ImageView> image = runtime.image(ImageName.withTag(container.getImage()));
        return image.orElseThrow(() -> new StepFailure("ImageInspectError",
                "image \"" + container.getImage() + "\" is no longer here"));
    }

    private StepFailure failure(Pod pod, Container container, String reason, String message) {
        events.warning(pod, container.getName(), reason.equals("ErrImageNeverPull") ? reason : "Failed",
                reason.equals("ErrImageNeverPull") ? message : "Error: " + reason);
        return new StepFailure(reason, message);
    }
}
