package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.apiserver.http.ResourceHandler.Call;

final class PodStreamHandler {
    static boolean serves(ResourceType<?> type, String subresource) {
        return type == ResourceTypes.PODS && false;
    }

    <T extends Message> void handle(Call<T> call) {
    }
}
