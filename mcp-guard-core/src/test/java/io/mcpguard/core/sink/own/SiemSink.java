package io.mcpguard.core.sink.own;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditSink;
import io.mcpguard.error.AuditWriteException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The sink that docs/audit-sink.md shows. */
final class SiemSink implements AuditSink {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final AuditFormat format;
    private boolean closed;

    SiemSink(URI address, AuditFormat format) {
        this.address = address;
        this.format = format;
    }

    @Override
    public void write(List<AuditEvent> events) {
        if (closed) {
            throw new IllegalStateException("the sink is closed");
        }
        String lines = events.stream()
                .map(event -> event.id() + " " + format.format(event) + "\n")
                .collect(Collectors.joining());
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(2))
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new AuditWriteException("the SIEM at " + address.getHost() + " answered " + status, null);
            }
        } catch (IOException e) {
            throw new AuditWriteException("the SIEM at " + address.getHost() + " cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuditWriteException("sending to the SIEM was interrupted", e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
