package dev.longshore.apiserver.registry;

import dev.longshore.apiserver.admission.AdmissionChain;
import dev.longshore.apiserver.allocation.ServiceAllocator;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.common.time.Clock;
import dev.longshore.common.time.Randomness;

/** What the operations of the registry work with. */
record RegistryParts(ObjectStorage storage, Resources resources, AdmissionChain admission, ServiceAllocator services,
        Clock clock, Randomness randomness) {}
