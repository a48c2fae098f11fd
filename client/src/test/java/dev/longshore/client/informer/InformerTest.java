package dev.longshore.client.informer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.client.ObjectList;
import dev.longshore.client.Query;
import dev.longshore.client.Watch;
import dev.longshore.client.WatchEvent;
import dev.longshore.client.WatchListener;
import dev.longshore.client.fake.FakeApiClient;
import dev.longshore.client.fake.ForwardingApiClient;
import dev.longshore.client.fake.SimulatedTime;
import dev.longshore.common.time.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an informer makes of the events of a watch, versions that several objects share among them. */
class InformerTest {
    private final SimulatedTime time = new SimulatedTime(1);
    private final Environment environment = time.environment();
    private final List<WatchListener<ConfigMap>> watches = new ArrayList<>();
    private final List<String> askedVersions = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Informer<ConfigMap> informer = new Informer<>(ResourceTypes.CONFIG_MAPS, Query.all(), client(),
            environment);

    /** Lists a and b at version 5, both of version 5, and keeps whoever watches. */
    private ForwardingApiClient client() {
        return new ForwardingApiClient(new FakeApiClient(environment.clock(), environment.randomness())) {
            @Override
            public <T extends Message> ObjectList<T> list(ResourceType<T> type, Query query) {
                return new ObjectList<>("5", List.of(type.cast(map("a", "1", 5)), type.cast(map("b", "1", 5))));
            }

            @Override
            @SuppressWarnings("unchecked")
            public <T extends Message> Watch watch(ResourceType<T> type, Query query, String resourceVersion,
                    WatchListener<T> listener) {
                watches.add((WatchListener<ConfigMap>) (WatchListener<?>) listener);
                askedVersions.add(resourceVersion);
                return () -> {
                };
            }
        };
    }

    private static ConfigMap map(String name, String value, long version) {
        return ConfigMap.newBuilder().putData("k", value).setMetadata(ObjectMeta.newBuilder().setNamespace("default")
                .setName(name).setResourceVersion(Long.toString(version))).build();
    }

    private void start() {
        informer.onChange(new ChangeListener<>() {
            @Override
            public void onChange(Optional<ConfigMap> before, Optional<ConfigMap> after) {
                told.add(text(before) + ">" + text(after));
            }
        });
        informer.start();
        time.advance(Duration.ofSeconds(1));
        assertThat(watches).hasSize(1);
        told.clear();
    }

    private static String text(Optional<ConfigMap> map) {
        return map.map(each -> each.getMetadata().getName() + "=" + each.getDataOrThrow("k")).orElse("-");
    }

    private void modified(String name, String value, long version) {
        watches.getLast().onEvent(new WatchEvent.Modified<>(map(name, value, version)));
    }

    private void deleted(String name, long version) {
        watches.getLast().onEvent(new WatchEvent.Deleted<>(map(name, "1", version)));
    }

    @Test
    void changesThatShareAVersionAreAllTaken() {
        start();
        modified("a", "2", 7);
        modified("b", "2", 7);
        modified("c", "2", 7);

        assertThat(told).containsExactly("a=1>a=2", "b=1>b=2", "->c=2");
        assertThat(informer.hasSeen("7")).isTrue();
        assertThat(informer.hasSeen("8")).isFalse();
    }

    @Test
    void aListenerThatFailsDoesNotEndTheCopy() {
        informer.onChange(new ChangeListener<>() {
            @Override
            public void onChange(Optional<ConfigMap> before, Optional<ConfigMap> after) {
                if (text(after).startsWith("a=")) {
                    throw new IllegalStateException("cannot read a");
                }
                told.add(text(before) + ">" + text(after));
            }
        });
        informer.start();
        time.advance(Duration.ofSeconds(1));

        assertThat(informer.synced()).isTrue();
        assertThat(told).containsExactly("->b=1");
    }

    @Test
    void deletionsThatShareAVersionAreAllTaken() {
        start();
        deleted("a", 7);
        deleted("b", 7);

        assertThat(told).containsExactly("a=1>-", "b=1>-");
        assertThat(informer.get(new ObjectKey("default", "b"))).isEmpty();
    }

    @Test
    void whatIsToldAgainChangesNothing() {
        start();
        modified("a", "1", 5);
        modified("a", "2", 7);
        modified("b", "2", 7);
        watches.getLast().onEnd(ApiException.of(Reason.SERVICE_UNAVAILABLE, "gone"));
        time.advance(Duration.ofMinutes(1));
        told.clear();
        modified("a", "2", 7);
        modified("b", "2", 7);
        modified("a", "1", 5);
        deleted("b", 6);

        assertThat(askedVersions).containsExactly("5", "7");
        assertThat(told).isEmpty();
    }
}
