package dev.longshore.cli;

import com.google.protobuf.Message;
import dev.longshore.api.TypeMeta;
import dev.longshore.api.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says how an answer is printed. */
final class OutputOption {
    /** The forms there are; picocli shows and checks their names. */
    enum Form {
        text, json
    }

    @Option(names = {"-o",
            "--output"}, defaultValue = "text", paramLabel = "FORM", description = "How to print: ${COMPLETION-CANDIDATES} (default: text).")
    private Form form;

    /**
     * Prints on standard output.
     *
     * @param text   the answer as people read it
     * @param answer the same for programs
     */
    void print(List<String> text, Message answer) {
        switch (form) {
            case text -> text.forEach(System.out::println);
            case json -> System.out.println(
                    new String(JsonCodec.write(TypeMeta.NONE, answer), StandardCharsets.UTF_8));
        }
    }
}
