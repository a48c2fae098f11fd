package dev.longshore.apiserver.http;

import com.google.protobuf.Message;
import dev.longshore.api.ResourceType;
import dev.longshore.api.meta.v1.ListMeta;
import java.util.List;

/** Objects as the Table that kubectl prints. */
interface TableForm {
    /**
     * JSON text of a Table.
     *
     * @param version of meta.k8s.io: {@code v1}, or {@code v1beta1} for old clients
     * @param include what of each object is in its row: "", "None", "Metadata" or "Object"
     */
    <T extends Message> byte[] table(ResourceType<T> type, ListMeta meta, List<T> objects, String version,
            String include);
}
