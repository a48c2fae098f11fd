package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.meta.v1.ListMeta;
import java.util.List;

final class MinimalTable implements TableForm {
    @Override
    public <T extends Message> byte[] table(ResourceType<T> type, ListMeta meta, List<T> objects, String version,
            String include) {
        return JsonCodec.write(type.list(meta, objects));
    }
}
