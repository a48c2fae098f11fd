package dev.longshore.agent.pods;

import dev.longshore.api.core.v1.Pod;
import java.nio.file.Path;

/**
 * Where the files of pods are on this node.
 *
 * @param podsDir volumes, hosts files and termination messages, under the pod's uid
 * @param logDir  logs, under {@code NAMESPACE_NAME_UID}
 */
public record PodFiles(Path podsDir, Path logDir) {
    public Path logs(Pod pod) {
        return logs(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), pod.getMetadata().getUid());
    }

    public Path logs(String namespace, String name, String uid) {
        return logDir.resolve(namespace + "_" + name + "_" + uid);
    }

    public Path hosts(Pod pod) {
        return podsDir.resolve(pod.getMetadata().getUid()).resolve("etc-hosts");
    }

    public Path terminationMessage(Pod pod, String container, int attempt) {
        return terminationMessage(pod.getMetadata().getUid(), container, attempt);
    }

    public Path terminationMessage(String uid, String container, int attempt) {
        return podsDir.resolve(uid).resolve("containers").resolve(container).resolve(Integer.toString(attempt));
    }
}
