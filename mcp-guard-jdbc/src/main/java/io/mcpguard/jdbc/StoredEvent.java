package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.AuditVerdict.Repeats;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One event while its rows are read, the first of which has its columns. */
final class StoredEvent {

    private static final int FIRST_TEXT = EventRow.COLUMNS.size() + 1;
    private static final int POINTER = FIRST_TEXT + TextColumn.values().length;
    private static final int KEPT = POINTER + 1;
    private static final int PIECE_OF = KEPT + 1;

    private final String id;
    private final UUID callId;
    private final LocalDateTime time;
    private final Stage stage;
    private final Channel channel;
    private final boolean allowed;
    private final Outcome outcome;
    private final OptionalLong httpStatus;
    private final OptionalLong rpcCode;
    private final OptionalLong latencyMicros;
    private final OptionalLong bytesIn;
    private final OptionalLong bytesOut;
    private final int port;
    private final OptionalLong limitPermits;
    private final OptionalLong limitRemaining;
    private final OptionalLong limitRetryAfterMillis;
    private final OptionalLong sequence;
    private final OptionalLong repeatCount;
    private final @Nullable LocalDateTime repeatSince;
    private final Map<TextColumn, String> texts = new EnumMap<>(TextColumn.class);
    private final Map<String, StringBuilder> pieces = new LinkedHashMap<>();
    private final Map<String, String> arguments = new LinkedHashMap<>();
    private @Nullable String pointer;
    private String kept = "";

    /** Reads the columns of the event that the row is of, in the order of {@link EventRow#columns()}. */
    StoredEvent(ResultSet row) throws SQLException {
        int i = 1;
        this.id = row.getString(i++);
        this.time = row.getObject(i++, LocalDateTime.class);
        this.callId = UUID.fromString(row.getString(i++));
        this.stage = Stage.valueOf(row.getString(i++));
        this.channel = Channel.valueOf(row.getString(i++));
        this.allowed = row.getBoolean(i++);
        this.outcome = Outcome.valueOf(row.getString(i++));
        this.httpStatus = number(row, i++);
        this.rpcCode = number(row, i++);
        this.latencyMicros = number(row, i++);
        this.bytesIn = number(row, i++);
        this.bytesOut = number(row, i++);
        this.port = row.getInt(i++);
        this.limitPermits = number(row, i++);
        this.limitRemaining = number(row, i++);
        this.limitRetryAfterMillis = number(row, i++);
        this.sequence = number(row, i++);
        this.repeatCount = number(row, i++);
        this.repeatSince = row.getObject(i++, LocalDateTime.class);
        for (TextColumn column : TextColumn.values()) {
            String text = row.getString(i++);
            if (text != null) {
                texts.put(column, text);
            }
        }
    }

    private static OptionalLong number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Whether the row is of this event too. */
    boolean isIn(ResultSet row) throws SQLException {
        return id.equals(row.getString(1));
    }

    /** Takes what a row has of the second table: an argument, a piece, or nothing. */
    void addPart(ResultSet row) throws SQLException {
        String part = row.getString(KEPT);
        String pieceOf = row.getString(PIECE_OF);
        if (pieceOf != null) {
            pieces.computeIfAbsent(pieceOf, column -> new StringBuilder()).append(part);
        } else if (part != null) {
            endArgument();
            pointer = row.getString(POINTER);
            kept = part;
        }
    }

    private void endArgument() {
        if (pointer != null) {
            arguments.put(whole(ArgumentRow.POINTER, pointer), whole(ArgumentRow.KEPT, kept));
            pointer = null;
        }
    }

    /** The pieces, where there are any, else what stands in the column. */
    private String whole(String column, String stored) {
        StringBuilder whole = pieces.remove(column);
        return StoredText.read(whole == null ? stored : whole.toString());
    }

    /** The event, once all of its rows were read. */
    AuditEvent event() {
        endArgument();
        texts.replaceAll((column, stored) -> whole(column.column(), stored));
        return new AuditEvent(
                UUID.fromString(id),
                callId,
                stage,
                time.toInstant(ZoneOffset.UTC),
                channel,
                text(TextColumn.METHOD),
                new AuditTarget(text(TextColumn.OPERATION_ID), text(TextColumn.TARGET)),
                new AuditCaller(
                        text(TextColumn.CLIENT_ID),
                        text(TextColumn.PROFILE_ID),
                        text(TextColumn.PROFILE_VERSION),
                        optional(TextColumn.PRINCIPAL),
                        optional(TextColumn.CREDENTIAL_ID)),
                new AuditVerdict(allowed, text(TextColumn.REASON), text(TextColumn.DETAIL), limit(), repeats()),
                new AuditResult(
                        outcome,
                        integer(httpStatus),
                        integer(rpcCode),
                        latencyMicros.stream()
                                .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
                                .findFirst(),
                        bytesIn,
                        bytesOut),
                new AuditSource(
                        text(TextColumn.ADDRESS),
                        port,
                        optional(TextColumn.USER_AGENT),
                        optional(TextColumn.CLIENT_INFO),
                        optional(TextColumn.PROTOCOL_VERSION),
                        optional(TextColumn.RPC_ID),
                        optional(TextColumn.TRACEPARENT)),
                arguments,
                link());
    }

    private Optional<AuditLimit> limit() {
        return optional(TextColumn.LIMIT_NAME)
                .map(name -> new AuditLimit(
                        name,
                        (int) limitPermits.orElseThrow(),
                        (int) limitRemaining.orElseThrow(),
                        limitRetryAfterMillis.orElseThrow()));
    }

    private Optional<Repeats> repeats() {
        return repeatSince == null
                ? Optional.empty()
                : Optional.of(new Repeats(repeatCount.orElseThrow(), repeatSince.toInstant(ZoneOffset.UTC)));
    }

    private Optional<ChainLink> link() {
        return optional(TextColumn.STREAM)
                .map(stream -> new ChainLink(
                        stream, sequence.orElseThrow(), text(TextColumn.PREV_HASH), text(TextColumn.HASH)));
    }

    private static OptionalInt integer(OptionalLong number) {
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    private String text(TextColumn column) {
        return Objects.requireNonNull(texts.get(column), column.column());
    }

    private Optional<String> optional(TextColumn column) {
        return Optional.ofNullable(texts.get(column));
    }
}
