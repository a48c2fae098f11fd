package dev.longshore.controllers.endpointslice;

import dev.longshore.api.discovery.v1.EndpointSlice;

/** One write of a slice. */
sealed interface SliceAction {
    record Create(EndpointSlice slice) implements SliceAction {}

    record Update(EndpointSlice slice) implements SliceAction {}

    record Delete(EndpointSlice slice) implements SliceAction {}
}
