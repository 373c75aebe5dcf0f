package io.mcpguard.core.sink.http;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The logs intake of Datadog. The address is that of the intake of your site, such as
 * {@code https://http-intake.logs.datadoghq.eu}.
 *
 * <p>It answers that it has accepted a request, and never whether the events were kept, so the sink does not confirm.
 *
 * @since 0.1
 */
public final class DatadogLogs extends HttpTemplate {

    private static final int MOST_BYTES = 4_000_000;

    private final Secret key;
    private final String service;
    private final String tags;

    private DatadogLogs(Secret key, String service, String tags) {
        this.key = key;
        this.service = service;
        this.tags = tags;
    }

    /**
     * Describes an intake.
     *
     * @param key API key of the organization
     * @param service name of the service that reports
     * @return what is sent there
     */
    public static DatadogLogs withKey(Secret key, String service) {
        return new DatadogLogs(Objects.requireNonNull(key, "key"), Objects.requireNonNull(service, "service"), "");
    }

    /**
     * Adds tags.
     *
     * @param list tags as Datadog writes them, such as {@code env:production,team:orders}
     * @return a copy with that
     */
    public DatadogLogs tags(String list) {
        return new DatadogLogs(key, service, Objects.requireNonNull(list, "list"));
    }

    @Override
    String service() {
        return "Datadog";
    }

    @Override
    List<String> problems(AuditFormat format) {
        List<String> problems = new ArrayList<>();
        key.problem("token").ifPresent(problems::add);
        if (service.isBlank()) {
            problems.add("service is the name of the service that reports");
        }
        return problems;
    }

    @Override
    int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    URI endpoint(URI address) {
        return below(address, "/api/v2/logs");
    }

    @Override
    String separator() {
        return ",";
    }

    @Override
    String around(boolean begin) {
        return begin ? "[" : "]";
    }

    @Override
    String piece(AuditEvent event, String record, boolean json) {
        StringBuilder piece = new StringBuilder(record.length() + 200);
        piece.append("{\"ddsource\":\"mcp-guard\",\"service\":").append(quoted(service));
        if (!tags.isEmpty()) {
            piece.append(",\"ddtags\":").append(quoted(tags));
        }
        // Datadog reads JSON in a message as attributes.
        return piece.append(",\"timestamp\":\"")
                .append(event.time())
                .append("\",\"message\":")
                .append(quoted(record))
                .append('}')
                .toString();
    }

    @Override
    Map<String, String> headers(byte[] body, AuditFormat format, Instant now) {
        return Map.of("DD-API-KEY", key.reveal(), "Content-Type", JSON);
    }

    @Override
    Receipt receipt(Answer answer, int events) {
        return answer.status() == 202 || answer.object().isPresent()
                ? new Receipt.Kept()
                : new Receipt.Strange("it does not answer as the logs intake does; look at the address");
    }

    @Override
    String advice(Answer answer) {
        return switch (answer.status()) {
            case 401, 403 ->
                "it does not know the API key; look at the settings token and address, whose site has to be yours";
            default -> "it does not take the request; look at the settings address and format";
        };
    }

    @Override
    boolean confirms() {
        return false;
    }
}
