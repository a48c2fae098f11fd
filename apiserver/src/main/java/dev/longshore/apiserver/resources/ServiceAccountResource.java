package dev.longshore.apiserver.resources;

import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ObjectReference;
import dev.longshore.api.core.v1.ServiceAccount;

/** ServiceAccounts: of a reference to a Secret only the name is kept. */
final class ServiceAccountResource extends GenericStrategy<ServiceAccount> {
    ServiceAccountResource() {
        super(ResourceTypes.SERVICE_ACCOUNTS);
    }

    @Override
    public ServiceAccount prepareForCreate(ServiceAccount account) {
        ServiceAccount.Builder kept = account.toBuilder().clearSecrets();
        account.getSecretsList()
                .forEach(secret -> kept.addSecrets(ObjectReference.newBuilder().setName(secret.getName())));
        return kept.build();
    }
}
