package dev.longshore.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.api.ApiException;
import dev.longshore.api.ObjectKey;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceTypes;
import dev.longshore.api.core.v1.ConfigMap;
import dev.longshore.api.core.v1.Namespace;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.apiserver.auth.User;
import dev.longshore.apiserver.cache.CacheLimits;
import dev.longshore.apiserver.inprocess.LocalApiClient;
import dev.longshore.apiserver.resources.ClusterConfig;
import dev.longshore.apiserver.store.InMemoryStore;
import dev.longshore.client.DeleteQuery;
import dev.longshore.client.fake.SimulatedTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Lists and watches over the caches, on one thread. */
class CachedReadsTest {
    private static final String LABEL = "l=1";

    private final SimulatedTime time = new SimulatedTime(3);
    private final InMemoryStore store = new InMemoryStore(time.inlineEnvironment());
    private final StoreRegistry registry = new StoreRegistry(store, ClusterConfig.standard(), time.inlineEnvironment());
    private final User user = new User("admin", "", List.of("system:masters"));
    private final LocalApiClient client = new LocalApiClient(registry, user);
    private final WatchProbe probe = new WatchProbe();

    CachedReadsTest() {
        client.create(ResourceTypes.NAMESPACES,
                Namespace.newBuilder().setMetadata(ObjectMeta.newBuilder().setName("default")).build());
    }

    private static ConfigMap configMap(String name, String label) {
        return ConfigMap.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setNamespace("default").setName(name).putLabels("l", label))
                .build();
    }

    private String create(String name, String label) {
        return client.create(ResourceTypes.CONFIG_MAPS, configMap(name, label)).getMetadata().getResourceVersion();
    }

    private String change(String name, String label) {
        return client.update(ResourceTypes.CONFIG_MAPS, configMap(name, label)).getMetadata().getResourceVersion();
    }

    private String delete(String name) {
        return client.delete(ResourceTypes.CONFIG_MAPS, new ObjectKey("default", name), DeleteQuery.background())
                .object().getMetadata().getResourceVersion();
    }

    private Page<ConfigMap> list(String version, String match, long limit, String token) {
        return registry.list(ResourceTypes.CONFIG_MAPS,
                new ListRequest("default", "", "", version, match, limit, token), new ReadContext(user));
    }

    private static List<String> names(Page<ConfigMap> page) {
        return page.items().stream().map(map -> map.getMetadata().getName()).toList();
    }

    private ObjectWatch watch(String labels, String version, boolean bookmarks, boolean initial, WatchProbe into) {
        return registry.watch(ResourceTypes.CONFIG_MAPS,
                new WatchRequest("default", labels, "", version, bookmarks, initial), into, new ReadContext(user));
    }

    private void corrupt(String name) {
        store.put("/registry/configmaps/default/" + name, "no object".getBytes(StandardCharsets.UTF_8),
                OptionalLong.empty(), Optional.empty()).join();
    }

    @Test
    void versionsChooseTheState() {
        String first = create("a", "1");
        String second = create("b", "1");

        assertThat(names(list("", "", 0, ""))).containsExactly("a", "b");
        assertThat(names(list("0", "", 1, ""))).containsExactly("a", "b");
        assertThat(names(list(first, "NotOlderThan", 0, ""))).containsExactly("a", "b");
        assertThat(names(list(first, "Exact", 0, ""))).containsExactly("a");
        assertThat(names(list(first, "", 5, ""))).containsExactly("a");
        assertThat(list(second, "", 0, "").resourceVersion()).isEqualTo(second);
        assertThat(catchThrowableOfType(ApiException.class, () -> list("1000", "", 0, "")).reason())
                .isEqualTo(Reason.TIMEOUT);
        assertThat(catchThrowableOfType(ApiException.class, () -> list("1000", "Exact", 0, "")).reason())
                .isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void pagesShowOneStateUntilItIsCompacted() {
        create("a", "1");
        create("b", "1");
        Page<ConfigMap> page = list("", "", 1, "");
        assertThat(page.remaining()).hasValue(1);
        String last = create("c", "1");

        assertThat(names(list("", "", 5, page.continueToken()))).containsExactly("b");
        store.compact(Long.parseLong(last)).join();
        assertThat(catchThrowableOfType(ApiException.class, () -> list("", "", 5, page.continueToken())).reason())
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void aSelectorShowsComingAndGoing() {
        ObjectWatch watch = watch(LABEL, "", false, false, probe);
        watch.request(100);
        create("a", "0");
        String comes = change("a", "1");
        String stays = client.update(ResourceTypes.CONFIG_MAPS,
                configMap("a", "1").toBuilder().putData("k", "v").build()).getMetadata().getResourceVersion();
        String goes = change("a", "0");
        delete("a");
        create("b", "1");
        String gone = delete("b");

        assertThat(probe.seen).contains("+a@" + comes, "~a@" + stays, "-a@" + goes, "-b@" + gone).hasSize(5);
    }

    @Test
    void allWatchersOfAChangeShareWhatTheyShow() {
        WatchProbe other = new WatchProbe();
        watch(LABEL, "", false, false, probe).request(100);
        watch(LABEL + ",l!=7", "", false, false, other).request(100);
        create("a", "1");
        change("a", "0");

        assertThat(probe.objects).hasSize(2);
        assertThat(probe.objects.get(0)).isSameAs(other.objects.get(0));
        assertThat(probe.objects.get(1)).isSameAs(other.objects.get(1));
    }

    @Test
    void presentObjectsComeFirstAndEndWithAMark() {
        String a = create("a", "1");
        String b = create("b", "1");
        ObjectWatch watch = watch("", "", true, true, probe);
        assertThat(probe.seen).isEmpty();
        watch.request(2);
        assertThat(probe.seen).containsExactly("+a@" + a, "+b@" + b, "initial@" + b);
    }

    @Test
    void noMoreIsToldThanWasRequested() {
        ObjectWatch watch = watch("", "", false, false, probe);
        watch.request(1);
        String a = create("a", "1");
        String b = create("b", "1");
        String c = create("c", "1");
        assertThat(probe.seen).containsExactly("+a@" + a);
        watch.request(2);
        assertThat(probe.seen).containsExactly("+a@" + a, "+b@" + b, "+c@" + c);
        watch.close();
        create("d", "1");
        assertThat(probe.seen).hasSize(3);
    }

    @Test
    void whoFallsBehindTheWindowIsExpired() {
        ObjectWatch watch = watch("", "", false, false, probe);
        watch.request(1);
        create("a", "0");
        for (int i = 0; i <= CacheLimits.DEFAULT.windowEvents(); i++) {
            change("a", Integer.toString(i + 1));
        }
        assertThat(probe.seen).hasSize(2).last().isEqualTo("end " + Reason.EXPIRED);
    }

    @Test
    void aVersionBeforeTheHistoryIsExpired() {
        String first = create("a", "1");
        create("b", "1");
        list("", "", 0, "");
        assertThat(catchThrowableOfType(ApiException.class, () -> watch("", first, false, false, probe)).reason())
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void bookmarksComeAboutEveryMinute() {
        WatchProbe unasked = new WatchProbe();
        ObjectWatch watch = watch("", "", true, false, probe);
        watch.request(100);
        watch("", "", false, false, unasked).request(100);
        String a = create("a", "1");
        time.advance(Duration.ofSeconds(50));
        assertThat(probe.seen).containsExactly("+a@" + a);
        time.advance(Duration.ofSeconds(15));
        assertThat(probe.seen).containsExactly("+a@" + a, "bookmark@" + a);

        long elsewhere = Long.parseLong(client.create(ResourceTypes.NAMESPACES, Namespace.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("x")).build()).getMetadata().getResourceVersion());
        time.advance(Duration.ofSeconds(130));
        assertThat(probe.seen).hasSize(4).last().isEqualTo("bookmark@" + elsewhere);
        watch.close();
        time.advance(Duration.ofMinutes(5));
        assertThat(probe.seen).hasSize(4);
        assertThat(unasked.seen).containsExactly("+a@" + a);
    }

    @Test
    void aCorruptValueBreaksNothingElse() {
        watch("", "", false, false, probe).request(100);
        String a = create("a", "1");
        corrupt("bad");
        corrupt("a");
        String b = create("b", "1");

        assertThat(probe.seen).hasSize(3).contains("+a@" + a, "+b@" + b).anyMatch(text -> text.startsWith("-a@"));
        assertThat(names(list("", "", 0, ""))).containsExactly("b");
        assertThat(names(list(b, "Exact", 0, ""))).containsExactly("b");
        assertThat(catchThrowableOfType(ApiException.class,
                () -> client.get(ResourceTypes.CONFIG_MAPS, new ObjectKey("default", "bad"))).reason())
                .isEqualTo(Reason.INTERNAL_ERROR);
    }

    @Test
    void closingEndsTheWatches() {
        watch("", "", false, false, probe).request(100);
        registry.close();
        assertThat(probe.seen).containsExactly("end " + Reason.SERVICE_UNAVAILABLE);
    }
}
