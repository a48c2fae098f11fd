package dev.longshore.agent.runtime;

/** What the runtime calls itself: {@code containerd}, {@code 1.6.20}. */
public record RuntimeVersion(String name, String version) {
    /** As in a node's {@code status.nodeInfo.containerRuntimeVersion}. */
    @Override
    public String toString() {
        return name + "://" + version;
    }
}
