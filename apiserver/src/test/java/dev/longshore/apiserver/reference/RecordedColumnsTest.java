package dev.longshore.apiserver.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ResourceType;
import dev.longshore.apiserver.patch.JsonTree;
import dev.longshore.apiserver.resources.ResourceStrategy;
import dev.longshore.apiserver.resources.Resources;
import dev.longshore.apiserver.table.Column;
import dev.longshore.apiserver.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The columns of each table as a Kubernetes API server names them. */
class RecordedColumnsTest {
    /** Kinds that nothing acts on yet: they show name and creation time. */
    private static final Set<String> LATER = Set.of("PodTemplate", "PodDisruptionBudget", "Ingress", "IngressClass",
            "PersistentVolume", "PersistentVolumeClaim", "HorizontalPodAutoscaler", "NetworkPolicy", "StorageClass",
            "ControllerRevision", "ResourceQuota", "RuntimeClass");

    @Test
    void columnsAreThoseThatWereRecorded() throws IOException {
        Path path = Path.of(System.getProperty("longshore.reference", "../../shared/reference"),
                "kubernetes-1.32/table-columns.json");
        Assumptions.assumeTrue(Files.exists(path), () -> "no recorded answers at " + path);
        Map<String, Object> recorded = Reference.object(JsonTree.parse(Files.readAllBytes(path)));
        List<String> different = new ArrayList<>();
        for (ResourceStrategy<?> strategy : Resources.served()) {
            ResourceType<?> type = strategy.type();
            Object expected = recorded.get((type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion() + "/"
                    + type.plural());
            String found = Tables.columns(type).stream().map(RecordedColumnsTest::text).toList().toString();
            if (!LATER.contains(type.kind()) && expected != null && !found.equals(text((List<?>) expected))) {
                different.add(type + "\n  wanted " + text((List<?>) expected) + "\n  found  " + found);
            }
        }
        assertThat(different).isEmpty();
    }

    private static String text(Column column) {
        return column.name() + ":" + column.type() + ":" + column.priority();
    }

    private static String text(List<?> columns) {
        return columns.stream().map(Reference::object).map(column -> column.get("name") + ":" + column.get("type")
                + ":" + column.get("priority")).toList().toString();
    }
}
