package dev.longshore.api.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.meta.v1.LabelSelector;
import dev.longshore.api.meta.v1.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorsTest {
    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "back", "level", "5", "empty", "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"app=web|app=web|true", "app==web|app=web|true", "app!=web|app!=web|false",
            "none!=web|none!=web|true", "app in (web,db)|app in (db,web)|true", "app in (db)|app in (db)|false",
            "app notin (db)|app notin (db)|true", "none notin (db)|none notin (db)|true", "app|app|true",
            "none|none|false",
            "!none|!none|true", "!app|!app|false", "level>4|level>4|true", "level<5|level<5|false", "app>1|app>1|false",
            "none<1|none<1|false", "tier=back,app=web|app=web,tier=back|true", "empty=|empty=|true", "empty|empty|true",
            " app = web , ! none |app=web,!none|true", "empty in (,x)|empty in (,x)|true",
            "in in (in)|in in (in)|false",
            "a.b/c=d|a.b/c=d|false"})
    void textIsReadMatchedAndWritten(String text, String canonical, boolean matches) {
        LabelSelectors.Selector selector = LabelSelectors.parse(text);
        assertThat(selector.toString()).isEqualTo(canonical);
        assertThat(selector.matches(LABELS)).isEqualTo(matches);
        assertThat(LabelSelectors.parse(canonical)).isEqualTo(selector);
    }

    @Test
    void noTextSelectsEverything() {
        assertThat(LabelSelectors.parse("")).isEqualTo(LabelSelectors.Selector.EVERYTHING);
        assertThat(LabelSelectors.parse("").matches(Map.of())).isTrue();
        assertThat(LabelSelectors.Selector.NOTHING.matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=web", "app in", "app in (", "app in (a", "app in ()", "app,", ",", "app web", "!",
            "a=b=c", "a!b",
            "app>x", "app=w b", "-a=b", "a=-b", "a/b/c=d", "/a=b", "a=b)", "(a)", "app in (a b)",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=b"})
    void otherTextIsABadRequest(String text) {
        assertThatThrownBy(() -> LabelSelectors.parse(text))
                .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.is(Reason.BAD_REQUEST)).isTrue());
    }

    @Test
    void theMessageMeansTheSame() {
        LabelSelector message = LabelSelector.newBuilder().putMatchLabels("tier", "back")
                .addMatchExpressions(expression("app", "In", "web", "db"))
                .addMatchExpressions(expression("x", "DoesNotExist"))
                .addMatchExpressions(expression("level", "Exists")).addMatchExpressions(expression("app", "NotIn", "y"))
                .build();
        assertThat(LabelSelectors.of(message).toString())
                .isEqualTo("app in (db,web),app notin (y),level,tier=back,!x");
        assertThat(LabelSelectors.of(message).matches(LABELS)).isTrue();
        assertThat(LabelSelectors.of(LabelSelector.getDefaultInstance()).isEverything()).isTrue();
    }

    @Test
    void anImpossibleMessageIsABadRequest() {
        for (LabelSelectorRequirement wrong : new LabelSelectorRequirement[]{expression("a", "Like", "b"),
                expression("a", "In"), expression("a", "Exists", "b"), expression("a b", "Exists")}) {
            LabelSelector message = LabelSelector.newBuilder().addMatchExpressions(wrong).build();
            assertThatThrownBy(() -> LabelSelectors.of(message)).isInstanceOf(ApiException.class);
        }
    }

    private static LabelSelectorRequirement expression(String key, String operator, String... values) {
        return LabelSelectorRequirement.newBuilder().setKey(key).setOperator(operator)
                .addAllValues(List.of(values)).build();
    }
}
