package io.mcpguard.core.sink.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.core.json.JsonOutput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.StringNode;

/**
 * What one log service wants to be sent, and what its answers mean. Immutable.
 *
 * @since 0.1
 */
public abstract sealed class HttpTemplate permits SplunkHec, ElasticBulk, DatadogLogs, Webhook {

    static final String JSON = "application/json";

    HttpTemplate() {}

    /** How messages name the service. */
    abstract String service();

    /** Everything that is wrong with what was set, by the names of the settings. */
    abstract List<String> problems(AuditFormat format);

    /** The most bytes that one request should have. */
    abstract int mostBytes();

    /** Where events go, below the address that was set. */
    abstract URI endpoint(URI address);

    /** One event, as it stands in a request. */
    abstract String piece(AuditEvent event, String record, boolean json);

    /** What stands between two events. */
    String separator() {
        return "";
    }

    /** What stands around all of them. */
    String around(boolean begin) {
        return "";
    }

    /** Headers of a request. */
    abstract Map<String, String> headers(byte[] body, AuditFormat format, Instant now);

    /** What an answer of status 2xx says. */
    abstract Receipt receipt(Answer answer, int events);

    /** What an operator does about an answer that says that the request is wrong. */
    abstract String advice(Answer answer);

    /** Whether an answer of status 2xx means that the events are kept. */
    abstract boolean confirms();

    /** How long to wait for the word that what has arrived is kept; empty when the answer is all there is. */
    Optional<Duration> acknowledgedWithin() {
        return Optional.empty();
    }

    static boolean isJson(AuditFormat format) {
        return format.mediaType().equals(JSON);
    }

    /** A JSON string. */
    static String quoted(String text) {
        return JsonOutput.text(StringNode.valueOf(text));
    }

    /** The address with a path behind its own. */
    static URI below(URI address, String path) {
        String text = address.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}
