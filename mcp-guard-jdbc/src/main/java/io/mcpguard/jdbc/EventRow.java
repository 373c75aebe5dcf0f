package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.AuditVerdict.Repeats;
import io.mcpguard.audit.ChainLink;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How an event becomes a row of the first table. */
final class EventRow {

    /** The columns that hold no text of a caller's; those of {@link TextColumn} follow. */
    static final List<String> COLUMNS = List.of(
            "event_id",
            "time_utc",
            "call_id",
            "stage",
            "channel",
            "allowed",
            "outcome",
            "http_status",
            "rpc_code",
            "latency_micros",
            "bytes_in",
            "bytes_out",
            "port",
            "limit_permits",
            "limit_remaining",
            "limit_retry_after_millis",
            "sequence",
            "repeat_count",
            "repeat_since_utc");

    private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000);

    private EventRow() {}

    static List<String> columns() {
        return Stream.concat(
                        COLUMNS.stream(), Arrays.stream(TextColumn.values()).map(TextColumn::column))
                .toList();
    }

    static String insert(AuditTables tables) {
        return "INSERT INTO " + tables.events() + " (" + String.join(", ", columns()) + ") VALUES ("
                + columns().stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
    }

    static void set(PreparedStatement row, Database database, AuditEvent event) throws SQLException {
        List<@Nullable Object> values = values(database, event);
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value == null) {
                row.setNull(i + 1, i < COLUMNS.size() ? nullType(COLUMNS.get(i)) : Types.VARCHAR);
            } else {
                row.setObject(i + 1, value);
            }
        }
    }

    /** The type of the column, so that a driver sends all rows of a batch in one way. */
    private static int nullType(String column) {
        return switch (column) {
            case "http_status", "rpc_code", "limit_permits", "limit_remaining" -> Types.INTEGER;
            case "repeat_since_utc" -> Types.TIMESTAMP;
            default -> Types.BIGINT;
        };
    }

    private static List<@Nullable Object> values(Database database, AuditEvent event) {
        Optional<AuditLimit> limit = event.verdict().limit();
        List<@Nullable Object> values = new ArrayList<@Nullable Object>(Arrays.<@Nullable Object>asList(
                database.id(event.id()),
                time(event.time()),
                database.id(event.callId()),
                event.stage().name(),
                event.channel().name(),
                event.verdict().allowed(),
                event.result().outcome().name(),
                orNull(event.result().httpStatus().stream().boxed().findFirst()),
                orNull(event.result().rpcCode().stream().boxed().findFirst()),
                orNull(event.result().latency().map(EventRow::micros)),
                orNull(event.result().bytesIn().stream().boxed().findFirst()),
                orNull(event.result().bytesOut().stream().boxed().findFirst()),
                event.source().port(),
                orNull(limit.map(AuditLimit::permits)),
                orNull(limit.map(AuditLimit::remaining)),
                orNull(limit.map(AuditLimit::retryAfterMillis)),
                orNull(event.link().map(ChainLink::sequence)),
                orNull(event.verdict().repeats().map(Repeats::count)),
                orNull(event.verdict().repeats().map(repeats -> time(repeats.since())))));
        for (TextColumn column : TextColumn.values()) {
            values.add(orNull(column.of(event).map(column::stored)));
        }
        return values;
    }

    private static @Nullable Object orNull(Optional<?> value) {
        return value.isPresent() ? value.get() : null;
    }

    /** In UTC, to the microsecond, and in the years that every database has. */
    static LocalDateTime time(Instant time) {
        Instant bounded = time.isBefore(FIRST.toInstant(ZoneOffset.UTC))
                ? FIRST.toInstant(ZoneOffset.UTC)
                : time.isAfter(LAST.toInstant(ZoneOffset.UTC)) ? LAST.toInstant(ZoneOffset.UTC) : time;
        return LocalDateTime.ofInstant(bounded, ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    private static long micros(Duration latency) {
        return Math.max(0, latency.getSeconds()) > Long.MAX_VALUE / 1_000_000 - 1
                ? Long.MAX_VALUE
                : latency.getSeconds() * 1_000_000 + latency.getNano() / 1_000;
    }
}
