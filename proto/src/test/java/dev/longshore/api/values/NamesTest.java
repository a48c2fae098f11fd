package dev.longshore.api.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {
    private record Row(String rule, String text, boolean valid) {}

    private static final Map<String, Function<String, List<String>>> RULES = Map.of("label", Names::dns1123Label,
            "subdomain", Names::dns1123Subdomain, "1035", Names::dns1035Label, "qualified", Names::qualifiedName,
            "value",
            Names::labelValue, "segment", Names::pathSegment, "key", Names::configMapKey, "env", Names::environmentName,
            "port", Names::portName);

    static Stream<Row> rows() {
        return Stream.of(new Row("label", "a", true), new Row("label", "a-1", true), new Row("label", "1a", true),
                new Row("label", "", false), new Row("label", "-a", false), new Row("label", "a-", false),
                new Row("label", "A", false), new Row("label", "a.b", false), new Row("label", "a".repeat(63), true),
                new Row("label", "a".repeat(64), false), new Row("label", "a\n", false),
                new Row("subdomain", "a.b-c.1", true), new Row("subdomain", "a..b", false),
                new Row("subdomain", ".a", false), new Row("subdomain", "a_b", false),
                new Row("subdomain", "a".repeat(253), true), new Row("subdomain", "a".repeat(254), false),
                new Row("1035", "a1", true), new Row("1035", "1a", false), new Row("1035", "a-", false),
                new Row("qualified", "a", true), new Row("qualified", "A_b.c-1", true),
                new Row("qualified", "example.com/a", true), new Row("qualified", "", false),
                new Row("qualified", "/a", false), new Row("qualified", "a/", false),
                new Row("qualified", "a/b/c", false),
                new Row("qualified", "Ex.com/a", false), new Row("qualified", "-a", false),
                new Row("qualified", "a".repeat(64), false), new Row("value", "", true),
                new Row("value", "A_b.c-1", true),
                new Row("value", "a/b", false), new Row("value", "a-", false), new Row("value", "a".repeat(64), false),
                new Row("segment", "system:node", true), new Row("segment", "..", false),
                new Row("segment", "a/b", false),
                new Row("segment", "a%b", false), new Row("key", "a.b_c-D", true), new Row("key", "..", false),
                new Row("key", "..a", false), new Row("key", "a b", false), new Row("key", "", false),
                new Row("env", "A_b.c-1", true), new Row("env", "1a", false), new Row("env", "a b", false),
                new Row("port", "http-1", true), new Row("port", "80", false), new Row("port", "a--b", false),
                new Row("port", "-a", false), new Row("port", "a".repeat(16), false), new Row("port", "Http", false));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aNameIsValidOrToldWhatIsWrong(Row row) {
        assertThat(RULES.get(row.rule()).apply(row.text()).isEmpty()).isEqualTo(row.valid());
    }

    /** Common names take a shorter way than others; none may take another end. */
    @Test
    void everyShortTextIsHeldToTheRulesShape() {
        String label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
        String part = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
        Map<String, String> shapes = Map.of("label", label, "subdomain", label + "(\\." + label + ")*", "value",
                "(" + part + ")?", "qualified", part);
        List<String> texts = List.of("");
        for (int length = 1; length <= 5; length++) {
            texts = texts.stream().flatMap(text -> Stream.of("a", "0", "-", ".", "_", "A").map(text::concat)).toList();
            for (String text : texts) {
                shapes.forEach((rule, shape) -> assertThat(RULES.get(rule).apply(text).isEmpty())
                        .as("%s as %s", text, rule).isEqualTo(text.matches(shape)));
            }
        }
    }
}
