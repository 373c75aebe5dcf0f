package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of signed notes front to back, past what is none: a note is five lines, an empty one, signatures, an empty one.
 * Holds one note at a time. For one thread.
 */
final class NoteScanner implements Closeable {

    private static final int MAX_LINE_BYTES = 1000;
    private static final int MAX_LINES = 40;

    /** What stands at a place of the file. */
    sealed interface Piece permits Found, Garbage, Torn {}

    /**
     * A note.
     *
     * @param note the note
     * @param offset where it begins
     */
    record Found(SignedNote note, long offset) implements Piece {}

    /**
     * Bytes that are no note.
     *
     * @param offset where they begin
     * @param length how many
     */
    record Garbage(long offset, long length) implements Piece {}

    /**
     * The beginning of a note at the end of the file: being written now, or left by a kill.
     *
     * @param offset where it begins
     * @param length how many bytes there are
     */
    record Torn(long offset, long length) implements Piece {}

    private final InputStream in;
    private final List<String> lines = new ArrayList<>();
    private long offset;
    private long start;
    private boolean tooLong;
    private @Nullable String ahead;
    private long aheadBytes;
    private boolean lineIsWhole;

    NoteScanner(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file));
    }

    /** The next piece; empty at the end of the file. */
    Optional<Piece> next() throws IOException {
        lines.clear();
        tooLong = false;
        start = offset;
        boolean inSignatures = false;
        while (true) {
            String line = peek();
            if (line == null) {
                return atEnd(inSignatures);
            }
            if (offset > start && Origin.startsLike(line)) {
                return Optional.of(new Garbage(start, offset - start));
            }
            take();
            if (!line.isEmpty()) {
                keep(line);
            } else if (offset - start == 1) {
                return Optional.of(new Garbage(start, 1));
            } else if (!inSignatures) {
                inSignatures = true;
                keep(line);
            } else {
                return Optional.of(read());
            }
        }
    }

    private Piece read() {
        Optional<SignedNote> note = tooLong ? Optional.empty() : SignedNote.parse(lines);
        return note.isPresent() ? new Found(note.get(), start) : new Garbage(start, offset - start);
    }

    /** Whoever writes a note ends it with an empty line, in one write; what has the end of a note and is none was edited. */
    private Optional<Piece> atEnd(boolean inSignatures) {
        if (offset == start) {
            return Optional.empty();
        }
        boolean ended = inSignatures
                && lineIsWhole
                && !lines.isEmpty()
                && lines.get(lines.size() - 1).isEmpty()
                && lines.stream().anyMatch(line -> line.startsWith(NoteSignature.START));
        return Optional.of(ended || tooLong ? new Garbage(start, offset - start) : new Torn(start, offset - start));
    }

    private void keep(String line) {
        if (lines.size() >= MAX_LINES || line.length() >= MAX_LINE_BYTES) {
            tooLong = true;
        } else {
            lines.add(line);
        }
    }

    private @Nullable String peek() throws IOException {
        if (ahead == null) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int b = in.read();
            for (; b >= 0 && b != '\n'; b = in.read()) {
                aheadBytes++;
                if (line.size() < MAX_LINE_BYTES) {
                    line.write(b);
                }
            }
            lineIsWhole = b >= 0;
            aheadBytes += lineIsWhole ? 1 : 0;
            ahead = aheadBytes == 0 ? null : line.toString(UTF_8);
        }
        return ahead;
    }

    private void take() {
        offset += aheadBytes;
        aheadBytes = 0;
        ahead = null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
