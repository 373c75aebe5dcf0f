package io.mcpguard.core.checkpoint;

import io.mcpguard.core.audit.RecordMark;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Says what the journal of one node was at one time.
 *
 * @param origin whose journal it is, such as {@code mcp-guard/orders/node-1}
 * @param mark the last record that was acknowledged
 * @param time when it was looked at
 * @since 0.1
 */
public record Checkpoint(String origin, RecordMark mark, Instant time) {

    static final int LINES = 5;

    public Checkpoint {
        if (!Origin.isOne(origin)) {
            throw new IllegalArgumentException("'" + origin + "' is no origin of a checkpoint");
        }
        Objects.requireNonNull(mark, "mark");
        Objects.requireNonNull(time, "time");
    }

    /** What is signed: five lines, each with its end. */
    String body() {
        String hash = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(mark.hash()));
        return String.join("\n", origin, mark.chain(), Long.toString(mark.sequence()), hash, time.toString(), "");
    }

    /**
     * Reads what {@link #body()} wrote.
     *
     * @throws IllegalArgumentException when it would have been written otherwise
     */
    static Checkpoint parse(List<String> lines) {
        if (lines.size() != LINES) {
            throw new IllegalArgumentException("a checkpoint has five lines");
        }
        try {
            String hash = HexFormat.of().formatHex(Base64.getDecoder().decode(lines.get(3)));
            RecordMark mark = new RecordMark(lines.get(1), Long.parseLong(lines.get(2)), hash);
            Checkpoint read = new Checkpoint(lines.get(0), mark, Instant.parse(lines.get(4)));
            if (read.body().equals(String.join("\n", lines) + "\n")) {
                return read;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a checkpoint ends in its time", e);
        }
        throw new IllegalArgumentException("a checkpoint is written in one way only");
    }
}
