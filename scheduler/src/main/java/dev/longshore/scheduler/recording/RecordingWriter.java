package dev.longshore.scheduler.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Collects lines and brings them into the file in larger pieces. What cannot go on ends with a line that says so; where
 * the disk is full, that line takes the room of the piece before it. Owner: the recorder's loop.
 */
final class RecordingWriter {
    /** A recording that has become so large is of little use, and the disk belongs to others, too. */
    static final long FILE_LIMIT_BYTES = 8L << 30;

    private static final System.Logger LOG = System.getLogger(RecordingWriter.class.getName());
    private static final int PIECE_BYTES = 256 * 1024;

    private final RecordingOutput file;
    private final long limitBytes;
    private final Piece piece = new Piece();
    private final LineWriter lines = new LineWriter(piece);
    private long writtenBytes;
    /** Where the last piece begins; the first, which begins with the header, is never given up. */
    private long lastPieceAt;
    private boolean ended;

    /** Writes one line. */
    interface Line {
        void to(LineWriter lines) throws IOException;
    }

    private static final class Piece extends ByteArrayOutputStream {
        Piece() {
            super(2 * PIECE_BYTES);
        }

        byte[] bytes() {
            return buf;
        }

        void shorten(int size) {
            count = size;
        }
    }

    RecordingWriter(RecordingOutput file, long limitBytes) {
        this.file = file;
        this.limitBytes = limitBytes;
    }

    /** False when the recording has ended. */
    boolean write(Line line) {
        if (ended) {
            return false;
        }
        int before = piece.size();
        try {
            line.to(lines);
        } catch (IOException | RuntimeException e) {
            piece.shorten(before);
            cut("a line could not be written: " + e);
            return false;
        }
        return piece.size() < PIECE_BYTES || flush();
    }

    /** Brings all lines into the file. False when the recording has ended. */
    boolean flush() {
        if (ended) {
            return false;
        }
        if (writtenBytes + piece.size() > limitBytes) {
            piece.reset();
            cut("the file has reached its limit of " + limitBytes + " bytes");
            return false;
        }
        try {
            append();
            return true;
        } catch (IOException e) {
            giveUp("the file could not be written: " + e.getMessage());
            return false;
        }
    }

    private void append() throws IOException {
        if (piece.size() > 0) {
            file.append(piece.bytes(), piece.size());
            long begun = writtenBytes;
            writtenBytes += piece.size();
            lastPieceAt = begun == 0 ? writtenBytes : begun;
            piece.reset();
        }
    }

    /** Ends the recording behind the lines written until now, and says so in the file and in the log. */
    void cut(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        tell(reason);
        try {
            lines.cut(reason);
            append();
        } catch (IOException e) {
            replaceLastPiece(reason);
        }
    }

    private void giveUp(String reason) {
        ended = true;
        tell(reason);
        replaceLastPiece(reason);
    }

    private static void tell(String reason) {
        LOG.log(System.Logger.Level.ERROR, "recording of the scheduler is cut, scheduling goes on: cause=" + reason);
    }

    private void replaceLastPiece(String reason) {
        piece.reset();
        try {
            file.truncate(lastPieceAt);
            lines.cut(reason);
            append();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the recording does not say that it is cut: cause=" + e.getMessage());
        }
    }

    void close() {
        ended = true;
        try {
            file.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the recording could not be closed: cause=" + e.getMessage());
        }
    }
}
