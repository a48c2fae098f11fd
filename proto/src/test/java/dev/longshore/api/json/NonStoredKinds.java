package dev.longshore.api.json;

import com.google.protobuf.Message;
import dev.longshore.api.authentication.v1.SelfSubjectReview;
import dev.longshore.api.authentication.v1.TokenRequest;
import dev.longshore.api.authentication.v1.TokenReview;
import dev.longshore.api.authorization.v1.LocalSubjectAccessReview;
import dev.longshore.api.authorization.v1.SelfSubjectAccessReview;
import dev.longshore.api.authorization.v1.SelfSubjectRulesReview;
import dev.longshore.api.authorization.v1.SubjectAccessReview;
import dev.longshore.api.autoscaling.v1.Scale;
import dev.longshore.api.core.v1.Binding;
import dev.longshore.api.meta.v1.DeleteOptions;
import dev.longshore.api.meta.v1.PartialObjectMetadata;
import dev.longshore.api.meta.v1.PartialObjectMetadataList;
import dev.longshore.api.meta.v1.Status;
import dev.longshore.api.meta.v1.WatchEvent;
import dev.longshore.api.policy.v1.Eviction;
import java.util.List;

/** Messages that travel but are not kept. */
final class NonStoredKinds {
    static final List<Message> ALL = List.of(Binding.getDefaultInstance(), Eviction.getDefaultInstance(),
            Scale.getDefaultInstance(), TokenRequest.getDefaultInstance(), TokenReview.getDefaultInstance(),
            SelfSubjectReview.getDefaultInstance(), SubjectAccessReview.getDefaultInstance(),
            LocalSubjectAccessReview.getDefaultInstance(), SelfSubjectAccessReview.getDefaultInstance(),
            SelfSubjectRulesReview.getDefaultInstance(), Status.getDefaultInstance(),
            DeleteOptions.getDefaultInstance(), WatchEvent.getDefaultInstance(),
            PartialObjectMetadata.getDefaultInstance(), PartialObjectMetadataList.getDefaultInstance());

    private NonStoredKinds() {
    }
}
