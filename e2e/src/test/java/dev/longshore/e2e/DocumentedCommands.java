package dev.longshore.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shell commands of a page under docs/, by heading, so that tests run exactly what the page says. */
final class DocumentedCommands {
    private static final Pattern BLOCK = Pattern.compile("^(?:## (?<heading>.+)|```sh\n(?<commands>(?s:.*?))^```)$",
            Pattern.MULTILINE);

    private final Map<String, String> byHeading = new LinkedHashMap<>();

    private DocumentedCommands(String text) {
        Matcher block = BLOCK.matcher(text);
        String heading = "";
        while (block.find()) {
            if (block.group("heading") != null) {
                heading = block.group("heading");
            } else {
                byHeading.merge(heading, block.group("commands"), String::concat);
            }
        }
    }

    static DocumentedCommands of(String page) {
        Path path = Shell.ROOT.resolve(page);
        try {
            return new DocumentedCommands(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All commands under a heading, in order. */
    String under(String heading) {
        String commands = byHeading.get(heading);
        if (commands == null) {
            throw new AssertionError(
                    "no commands under '" + heading + "'; headings with commands: " + byHeading.keySet());
        }
        return commands;
    }
}
