package io.mcpguard.core.sink.http;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP Event Collector of Splunk. The address is that of the collector, such as {@code https://splunk.example.com:8088}.
 *
 * <p>Without indexer acknowledgment its answer says no more than that a request looks right, so the sink does not confirm. With it
 * ({@link #acknowledged}, which has to be switched on for the token too, and which Splunk Cloud does not offer) a batch is kept
 * when an indexer has said so, and is sent again when none has in time.
 *
 * @since 0.1
 */
public final class SplunkHec extends HttpTemplate {

    /** The name of the source, and the begin of that of its type, unless set. */
    private static final String SOURCE = "mcp-guard";

    private static final int MOST_BYTES = 900_000;

    private final Secret token;
    private final @Nullable String index;
    private final String source;
    private final String sourcetype;
    private final @Nullable Duration acknowledged;

    private SplunkHec(
            Secret token, @Nullable String index, String source, String sourcetype, @Nullable Duration acknowledged) {
        this.token = token;
        this.index = index;
        this.source = source;
        this.sourcetype = sourcetype;
        this.acknowledged = acknowledged;
    }

    /**
     * Describes a collector.
     *
     * @param token token of the collector
     * @return what is sent to the index of the token, without acknowledgment
     */
    public static SplunkHec withToken(Secret token) {
        return new SplunkHec(Objects.requireNonNull(token, "token"), null, SOURCE, "mcp_guard:audit", null);
    }

    /**
     * Chooses an index.
     *
     * @param name one that the token may write to
     * @return a copy with that
     */
    public SplunkHec index(String name) {
        return new SplunkHec(token, Objects.requireNonNull(name, "name"), source, sourcetype, acknowledged);
    }

    /**
     * Chooses the source; {@code mcp-guard} unless set.
     *
     * @param name the source
     * @return a copy with that
     */
    public SplunkHec source(String name) {
        return new SplunkHec(token, index, Objects.requireNonNull(name, "name"), sourcetype, acknowledged);
    }

    /**
     * Chooses the type of the source; {@code mcp_guard:audit} unless set.
     *
     * @param name the type
     * @return a copy with that
     */
    public SplunkHec sourcetype(String name) {
        return new SplunkHec(token, index, source, Objects.requireNonNull(name, "name"), acknowledged);
    }

    /**
     * Waits until an indexer has the events.
     *
     * @param within when events that no indexer has acknowledged are sent again, such as a minute
     * @return a copy that confirms
     */
    public SplunkHec acknowledged(Duration within) {
        return new SplunkHec(token, index, source, sourcetype, Objects.requireNonNull(within, "within"));
    }

    @Override
    String service() {
        return "Splunk";
    }

    @Override
    List<String> problems(AuditFormat format) {
        List<String> problems = new ArrayList<>();
        token.problem("token").ifPresent(problems::add);
        if ((index != null && index.isBlank()) || source.isBlank() || sourcetype.isBlank()) {
            problems.add("index, source and sourcetype are names where they are set");
        }
        if (acknowledged != null && (acknowledged.isNegative() || acknowledged.isZero())) {
            problems.add("the time in which events are acknowledged is not positive");
        }
        return problems;
    }

    @Override
    int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    URI endpoint(URI address) {
        return below(address, "/services/collector/event");
    }

    @Override
    String piece(AuditEvent event, String record, boolean json) {
        StringBuilder piece = new StringBuilder(record.length() + 160);
        Instant time = event.time();
        piece.append("{\"time\":")
                .append(String.format(Locale.ROOT, "%d.%03d", time.getEpochSecond(), time.getNano() / 1_000_000))
                .append(",\"source\":")
                .append(quoted(source))
                .append(",\"sourcetype\":")
                .append(quoted(sourcetype));
        if (index != null) {
            piece.append(",\"index\":").append(quoted(index));
        }
        return piece.append(",\"event\":")
                .append(json ? record : quoted(record))
                .append('}')
                .toString();
    }

    @Override
    String separator() {
        return "\n";
    }

    @Override
    Map<String, String> headers(byte[] body, AuditFormat format, Instant now) {
        return Map.of("Authorization", "Splunk " + token.reveal(), "Content-Type", JSON);
    }

    @Override
    Receipt receipt(Answer answer, int events) {
        OptionalInt code = answer.number("code");
        if (code.isEmpty() || code.getAsInt() != 0) {
            return new Receipt.Strange("it does not answer as an HTTP Event Collector does; look at the address");
        }
        if (acknowledged == null) {
            return new Receipt.Kept();
        }
        OptionalInt ticket = answer.number("ackId");
        return ticket.isPresent()
                ? new Receipt.Taken(ticket.getAsInt())
                : new Receipt.Strange("it does not acknowledge; switch indexer acknowledgment on for the token, or do"
                        + " without the setting acknowledgment");
    }

    @Override
    String advice(Answer answer) {
        OptionalInt code = answer.number("code");
        String said = code.isPresent() ? " (code " + code.getAsInt() + ")" : "";
        return switch (code.orElse(-1)) {
            case 1 -> "the token is disabled" + said;
            case 2, 3, 4 -> "it does not know the token; look at the setting token" + said;
            case 7 -> "the token may not write to the index; look at the setting index" + said;
            case 10, 11 -> "the token wants acknowledgment; set acknowledgment" + said;
            case 14 ->
                "the token has no indexer acknowledgment; switch it on, or do without the setting acknowledgment"
                        + said;
            default ->
                answer.status() == 401 || answer.status() == 403
                        ? "it does not let the token in; look at the setting token" + said
                        : "it does not take the request; look at the settings address, index and format" + said;
        };
    }

    @Override
    boolean confirms() {
        return acknowledged != null;
    }

    @Override
    Optional<Duration> acknowledgedWithin() {
        return Optional.ofNullable(acknowledged);
    }
}
