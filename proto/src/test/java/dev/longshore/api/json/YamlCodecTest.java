package dev.longshore.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.api.core.v1.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlCodecTest {
    private static String json(String yaml) {
        return new String(YamlCodec.toJson(yaml.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a: 1|{\"a\":1}", "a: '1'|{\"a\":\"1\"}",
            "a: 1.50|{\"a\":1.5}",
            "a: true|{\"a\":true}", "a: yes|{\"a\":\"yes\"}", "a: ~|{\"a\":null}", "a:|{\"a\":null}",
            "a: 0x1F|{\"a\":31}",
            "a: 0o17|{\"a\":15}", "a: 017|{\"a\":17}", "a: .5|{\"a\":0.5}", "a: 1e3|{\"a\":1000}", "a: -7|{\"a\":-7}",
            "a: !!str 5|{\"a\":\"5\"}", "a: [1, {b: c}]|{\"a\":[1,{\"b\":\"c\"}]}", "1: x|{\"1\":\"x\"}",
            "a: 1Gi|{\"a\":\"1Gi\"}",
            "a: 2026-01-01|{\"a\":\"2026-01-01\"}", "{a: &x {b: 1}, c: *x}|{\"a\":{\"b\":1},\"c\":{\"b\":1}}",
            "a: 1_000|{\"a\":\"1_000\"}",
            "a: .inf|{\"a\":\".inf\"}"})
    void scalarsFollowTheCoreSchema(String yaml, String json) {
        assertThat(json(yaml)).isEqualTo(json);
    }

    @Test
    void documentsAreTakenApartAndEmptyOnesLeftOut() {
        List<byte[]> documents = YamlCodec
                .toJsonDocuments("---\na: 1\n---\n# nothing\n---\nb: 2\n...\n".getBytes(StandardCharsets.UTF_8));
        assertThat(documents).extracting(text -> new String(text, StandardCharsets.UTF_8)).containsExactly("{\"a\":1}",
                "{\"b\":2}");
    }

    @Test
    void duplicateAndUnknownFieldsAreReported() {
        Decoded<ConfigMap> decoded = YamlCodec.read("kind: ConfigMap\ndata:\n  a: x\n  a: y\ndat: {}\n"
                .getBytes(StandardCharsets.UTF_8), ConfigMap.getDefaultInstance());
        assertThat(decoded.problems()).containsExactly("duplicate field \"data.a\"", "unknown field \"dat\"");
        assertThat(decoded.object().getDataMap()).containsEntry("a", "y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---\n---\n", "a: [1", "a: *b", "a: &x [*x]", "a: !!binary aa==", "a: !foo b",
            "? [a]\n: b",
            "<<: {a: b}", "a: b: c", "\u0000", "a: 1\n---\nb: 2", "a: \"\\q\""})
    void whatIsNoSingleDocumentOfJsonIsRefused(String yaml) {
        assertThatThrownBy(() -> json(yaml)).isInstanceOf(DecodeException.class);
    }

    @Test
    void aliasesCannotBlowUp() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        assertThatThrownBy(() -> json(bomb.toString())).isInstanceOf(DecodeException.class);
        String many = "a: &a x\nb: [" + "*a,".repeat(YamlCodec.MAX_ALIASES + 1) + "]\n";
        assertThatThrownBy(() -> json(many)).isInstanceOf(DecodeException.class);
        String wide = "a: &a " + "x".repeat(1_000_000) + "\nb: [" + "*a,".repeat(50) + "]\n";
        assertThatThrownBy(() -> json(wide)).isInstanceOf(DecodeException.class);
    }

    @Test
    void yamlIsWrittenInBlocks() {
        byte[] text = YamlCodec
                .fromJson("{\"kind\":\"X\",\"a\":{\"b\":[{\"c\":1,\"d\":\"yes\"},[],[\"e\"]],\"f\":{}},\"g\":null}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("""
                kind: X
                a:
                  b:
                  - c: 1
                    d: "yes"
                  - []
                  - - e
                  f: {}
                g: null
                """);
    }
}
