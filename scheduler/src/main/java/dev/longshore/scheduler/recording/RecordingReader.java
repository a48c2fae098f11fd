package dev.longshore.scheduler.recording;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a recording. Fails with {@link BrokenRecordingException} for what no recorder writes. */
final class RecordingReader {
    private final TextLines lines;
    private final Header header;

    RecordingReader(InputStream in) throws IOException {
        this.lines = new TextLines(in);
        this.header = header();
    }

    private Header header() throws IOException {
        FieldReader fields = first();
        long version = fields.number("version");
        if (version != LineWriter.VERSION) {
            throw fields.broken("says that the recording is of version " + version + "; this program reads version "
                    + LineWriter.VERSION);
        }
        Header found = new Header(fields.number("seed"), fields.text("configuration"));
        fields.end();
        return found;
    }

    private FieldReader first() throws IOException {
        BrokenRecordingException other = new BrokenRecordingException(1, "is not the beginning of a recording");
        try {
            FieldReader fields = new FieldReader(lines.next().orElseThrow(() -> other), 1);
            if (!fields.text("recording").equals(LineWriter.FORMAT)) {
                throw other;
            }
            return fields;
        } catch (BrokenRecordingException _) {
            throw other;
        }
    }

    Header recorded() {
        return header;
    }

    /** Of the line that {@link #next} gave, from 1. */
    long number() {
        return lines.number();
    }

    /** Empty behind the last line. */
    Optional<Line> next() throws IOException {
        Optional<byte[]> text = lines.next();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        FieldReader fields = new FieldReader(text.get(), lines.number());
        Line line = line(fields);
        fields.end();
        return Optional.of(line);
    }

    private static Line line(FieldReader fields) {
        if (fields.has("cut")) {
            return new Line.Cut(fields.text("cut"));
        }
        String input = fields.text("input");
        Line.Input read = switch (input) {
            case "Settle" -> new Line.Input.Settle();
            case "Step" -> new Line.Input.Step();
            default -> new Line.Input.Handle(EventReader.read(input, fields));
        };
        return new Line.Call(read, fields.time("at"), fields.has("decision") ? fields.text("decision") : "");
    }
}
