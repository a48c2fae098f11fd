package dev.longshore.agent.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterZoneTest {
    private record Row(String name, int type, Answer expected) {}

    private static Answer found(DnsRecord... records) {
        return new Answer.Found(List.of(records), List.of());
    }

    private static DnsRecord address(String name, String address) {
        return new DnsRecord.Address(name, address);
    }

    static Stream<Row> rows() {
        String web = "web.default.svc.cluster.local";
        String db = "db.default.svc.cluster.local";
        return Stream.of(
                new Row(web, Question.A, found(address(web, "10.96.0.7"))),
                new Row(web, Question.AAAA, new Answer.NoData()),
                new Row("nope.default.svc.cluster.local", Question.A, new Answer.NoSuchName()),
                new Row("web.other.svc.cluster.local", Question.A, new Answer.NoSuchName()),
                new Row("a.b.c." + web, Question.A, new Answer.NoSuchName()),
                new Row(db, Question.A, found(address(db, "10.244.1.6"))),
                new Row("db-0." + db, Question.A, found(address("db-0." + db, "10.244.1.6"))),
                new Row("db-1." + db, Question.A, new Answer.NoSuchName()),
                new Row("empty.default.svc.cluster.local", Question.A, new Answer.NoData()),
                new Row("default.svc.cluster.local", Question.A, new Answer.NoData()),
                new Row("svc.cluster.local", Question.A, new Answer.NoData()),
                new Row("cluster.local", Question.SOA, found(new DnsRecord.Authority("cluster.local"))),
                new Row("foo.cluster.local", Question.A, new Answer.NoSuchName()),
                new Row("_http._tcp." + web, Question.SRV, new Answer.Found(
                        List.of(new DnsRecord.ServicePort("_http._tcp." + web, 0, 100, 80, web)),
                        List.of(address(web, "10.96.0.7")))),
                new Row("_http._tcp." + db, Question.SRV, new Answer.Found(
                        List.of(new DnsRecord.ServicePort("_http._tcp." + db, 0, 100, 8080, "db-0." + db)),
                        List.of(address("db-0." + db, "10.244.1.6")))),
                new Row("_http._udp." + web, Question.SRV, new Answer.NoSuchName()),
                new Row("_http._tcp." + web, Question.A, new Answer.NoData()),
                new Row("http.tcp." + web, Question.SRV, new Answer.NoSuchName()),
                new Row("10-244-1-6.default.pod.cluster.local", Question.A,
                        found(address("10-244-1-6.default.pod.cluster.local", "10.244.1.6"))),
                new Row("10-244-1-600.default.pod.cluster.local", Question.A, new Answer.NoSuchName()),
                new Row("7.0.96.10.in-addr.arpa", Question.PTR,
                        found(new DnsRecord.Pointer("7.0.96.10.in-addr.arpa", web))),
                new Row("6.1.244.10.in-addr.arpa", Question.PTR,
                        found(new DnsRecord.Pointer("6.1.244.10.in-addr.arpa", "db-0." + db))),
                new Row("8.8.8.8.in-addr.arpa", Question.PTR, new Answer.NotOurs()),
                new Row("out.default.svc.cluster.local", Question.A, new Answer.Elsewhere(
                        "out.default.svc.cluster.local", "web.default.svc.example.org")),
                new Row("dns-version.cluster.local", Question.TXT,
                        found(new DnsRecord.Text("dns-version.cluster.local", "1.1.0"))),
                new Row("example.org", Question.A, new Answer.NotOurs()),
                new Row("notcluster.local", Question.A, new Answer.NotOurs()),
                new Row("", Question.A, new Answer.NotOurs()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answers(Row row) {
        assertThat(new ClusterZone("cluster.local", FixedNames.some()).answer(new Question(row.name, row.type)))
                .isEqualTo(row.expected);
    }
}
