package dev.longshore.apiserver.patch;

import com.google.protobuf.Descriptors.Descriptor;

/** Strategic merge patch. */
public final class StrategicMergePatch {
    private StrategicMergePatch() {
    }

    public static Object apply(Object target, Object patch, Descriptor type) {
        return MergePatch.apply(target, patch);
    }
}
