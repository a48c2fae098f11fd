package dev.longshore.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.Pod;
import dev.longshore.api.json.JsonCodec;
import dev.longshore.api.meta.v1.ListMeta;
import dev.longshore.client.fake.SimulatedTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String RUNNING = "'state':{'running':{}},'ready':true";

    private final Tables tables = new Tables(new SimulatedTime(1, NOW).environment().clock());

    private enum Row {
        PENDING("{'spec':{'containers':[{}]},'status':{'phase':'Pending'}}", "0/1", "Pending", "0"),
        RUNS("{'spec':{'containers':[{}]},'status':{'phase':'Running','containerStatuses':[{" + RUNNING + "}]}}", "1/1",
                "Running", "0"),
        CRASHES("{'spec':{'containers':[{}]},'status':{'phase':'Running','containerStatuses':[{'restartCount':2,"
                + "'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'finishedAt':"
                + "'2026-11-20T11:55:00Z'}}}]}}", "0/1", "CrashLoopBackOff", "2 (5m ago)"),
        INITIALIZES("{'spec':{'initContainers':[{'name':'i'},{'name':'j'}],'containers':[{}]},'status':{'phase':"
                + "'Pending','initContainerStatuses':[{'name':'i','state':{'terminated':{'exitCode':0}}},"
                + "{'name':'j','state':{'running':{}}}]}}", "0/1", "Init:1/2", "0"),
        ENDED("{'spec':{'containers':[{}]},'status':{'phase':'Succeeded','containerStatuses':[{'state':{'terminated':"
                + "{'reason':'Completed'}}}]}}", "0/1", "Completed", "0"),
        LEAVES("{'metadata':{'deletionTimestamp':'2026-11-20T12:00:30Z'},'spec':{'containers':[{}]},'status':"
                + "{'phase':'Running','containerStatuses':[{" + RUNNING + "}]}}", "1/1", "Terminating", "0");

        final String pod;
        final List<Object> cells;

        Row(String pod, Object... cells) {
            this.pod = pod;
            this.cells = List.of(cells);
        }
    }

    @ParameterizedTest
    @EnumSource
    void podsReadAsPeopleKnowThem(Row row) {
        Pod pod = JsonCodec.read(row.pod.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                Pod.getDefaultInstance()).object();
        assertThat(tables.row(ResourceTypes.PODS, pod).cells().subList(1, 4)).isEqualTo(row.cells);
    }

    @ParameterizedTest
    @CsvSource({"45,45s", "125,2m5s", "300,5m", "7200,120m", "14400,4h", "14460,4h1m", "90000,25h", "273600,3d4h",
            "864000,10d", "-5,<invalid>", "63072000,2y"})
    void agesAreShort(long seconds, String text) {
        assertThat(Ages.text(seconds)).isEqualTo(text);
    }

    @Test
    void aTableCarriesColumnsAndRows() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonCodec.generator(bytes)) {
            tables.write(ResourceTypes.PODS, List.of(Pod.getDefaultInstance()),
                    ListMeta.newBuilder().setResourceVersion("7").build(), Tables.Include.METADATA,
                    "meta.k8s.io/v1", json);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith("{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\","
                        + "\"metadata\":{\"resourceVersion\":\"7\"}")
                .contains("{\"name\":\"Name\",\"type\":\"string\",\"format\":\"name\","
                        + "\"description\":\"\",\"priority\":0}")
                .contains("\"kind\":\"PartialObjectMetadata\"");
    }
}
