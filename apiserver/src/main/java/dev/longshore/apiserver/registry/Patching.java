package dev.longshore.apiserver.registry;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.json.DecodeException;
import dev.longshore.api.json.Decoded;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.Reason;
import dev.longshore.apiserver.patch.JsonPatch;
import dev.longshore.apiserver.patch.JsonTree;
import dev.longshore.apiserver.patch.MergePatch;
import dev.longshore.apiserver.patch.StrategicMergePatch;
import java.util.LinkedHashSet;
import java.util.Set;

/** One patch request: applies its document to whatever object the registry finds stored. */
final class Patching<T extends Message> {
    private final T prototype;
    private final TypeMeta type;
    private final PatchRequest patch;
    private final WriteContext context;
    private final Object document;
    private final Set<String> problems = new LinkedHashSet<>();

    Patching(T prototype, PatchRequest patch, WriteContext context) {
        if (patch.kind() == PatchRequest.Kind.APPLY) {
            throw ApiException.of(Reason.UNSUPPORTED_MEDIA_TYPE,
                    "server-side apply is not supported by this server yet: use client-side apply (kubectl apply"
                            + " without --server-side) or another kind of patch");
        }
        this.prototype = prototype;
        this.type = TypeMeta.of(prototype);
        this.patch = patch;
        this.context = context;
        this.document = JsonTree.parse(patch.document());
    }

    /** The patched object. Fails with INVALID or BAD_REQUEST when the patch does not fit. */
    T apply(T stored) {
        Object tree = JsonTree.parse(JsonCodec.write(stored));
        Object patched = switch (patch.kind()) {
            case JSON -> JsonPatch.apply(tree, document);
            case MERGE -> MergePatch.apply(tree, document);
            case STRATEGIC_MERGE -> StrategicMergePatch.apply(tree, document, prototype.getDescriptorForType());
            case APPLY -> throw new IllegalStateException("refused by the constructor");
        };
        try {
            Decoded<T> decoded = JsonCodec.read(JsonTree.write(patched), prototype);
            problems.addAll(decoded.problems());
            if (context.strict() && !decoded.problems().isEmpty()) {
                throw ApiException.badRequest(type.kind() + " in version \"" + type.version()
                        + "\" cannot be handled as a " + type.kind() + ": strict decoding error: "
                        + String.join(", ", decoded.problems()));
            }
            return decoded.object();
        } catch (DecodeException broken) {
            throw broken.refusal(type);
        }
    }

    /** Tells the client of fields that nobody knows; once, however often the patch was applied. */
    void warn() {
        problems.forEach(context.warnings());
    }
}
