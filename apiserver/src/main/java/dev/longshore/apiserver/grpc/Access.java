package dev.longshore.apiserver.grpc;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.auth.Authorizer;
import dev.longshore.apiserver.auth.Refusals;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.request.RequestInfo;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.grpc.v1.ResourceName;

/** Which resource a call is about, and whether the caller may. */
record Access(Resources resources, Authorizer authorizer) {
    /** Fails with FORBIDDEN or, for what is not served, NOT_FOUND. */
    ResourceType<?> require(User user, String verb, ResourceName name) {
        Refusals.require(authorizer, user, new RequestInfo(true, verb, "", name.getGroup(), name.getVersion(),
                name.getNamespace(), name.getResource(), name.getSubresource(), name.getName()));
        return ResourceTypes.find(name.getGroup(), name.getVersion(), name.getResource()).filter(resources::serves)
                .orElseThrow(() -> ApiException.of(Reason.NOT_FOUND,
                        "the server could not find the requested resource"));
    }

    static ObjectKey key(ResourceName name) {
        return new ObjectKey(name.getNamespace(), name.getName());
    }
}
