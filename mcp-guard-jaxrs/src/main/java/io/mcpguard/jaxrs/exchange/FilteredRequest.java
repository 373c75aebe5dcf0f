package io.mcpguard.jaxrs.exchange;

import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.door.PresentedHeaders;
import io.mcpguard.core.door.RestRequest;
import io.mcpguard.core.guard.CallerText;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.Presentation;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.HttpField;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request in a filter of JAX-RS, as the guard sees it.
 *
 * @param context the request
 * @since 0.1
 */
public record FilteredRequest(ContainerRequestContext context) implements RestRequest {

    @Override
    public String method() {
        return context.getMethod();
    }

    @Override
    public String rawPath() {
        return context.getUriInfo().getRequestUri().getRawPath();
    }

    @Override
    public Optional<String> rawQuery() {
        return Optional.ofNullable(context.getUriInfo().getRequestUri().getRawQuery());
    }

    @Override
    public List<String> header(String name) {
        return context.getHeaders().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    @Override
    public long bodyBytes() {
        List<String> lengths = header("Content-Length");
        return lengths.size() == 1 && lengths.get(0).matches("[0-9]{1,18}") ? Long.parseLong(lengths.get(0)) : -1;
    }

    @Override
    public byte[] readAhead() throws IOException {
        byte[] body = context.getEntityStream().readNBytes((int) bodyBytes());
        context.setEntityStream(new ByteArrayInputStream(body));
        return body;
    }

    /**
     * Takes headers away from everything that comes after.
     *
     * @param names header names in any case
     */
    public void hide(String... names) {
        for (String name : names) {
            context.getHeaders().keySet().removeIf(known -> known.equalsIgnoreCase(name));
        }
    }

    /**
     * Reads every header line but cookies.
     *
     * @return the fields, or empty when one is such that no parser should have let it through
     */
    public Optional<List<HttpField>> fields() {
        List<HttpField> fields = new ArrayList<>();
        for (Map.Entry<String, List<String>> header : context.getHeaders().entrySet()) {
            if (header.getKey().equalsIgnoreCase("Cookie")) {
                continue;
            }
            for (String value : header.getValue()) {
                if (!HttpField.isToken(header.getKey()) || !HttpField.isFieldValue(value)) {
                    return Optional.empty();
                }
                fields.add(new HttpField(header.getKey(), value));
            }
        }
        return Optional.of(fields);
    }

    /**
     * Reads what is known of a request before anybody is identified.
     *
     * @param channel the door
     * @param frontage what stands in front of the service
     * @param origin where it came from
     * @param clock the time of arrival
     * @return the facts, of which only the target is unknown
     */
    public RequestFacts facts(Channel channel, Frontage frontage, CallOrigin origin, InstantSource clock) {
        Presentation presentation = frontage.presentation(
                method(), rawPath(), this::header, origin.remoteAddress(), origin.clientCertificates());
        return new RequestFacts(
                channel,
                CallerText.httpMethod(method()),
                AuditTarget.unknown(),
                PresentedHeaders.credential(header("Authorization"), presentation),
                presentation,
                PresentedHeaders.selection(header(PresentedHeaders.CLIENT)),
                PresentedHeaders.selection(header(PresentedHeaders.PROFILE)),
                new AuditSource(
                        origin.remoteAddress(),
                        origin.remotePort(),
                        CallerText.note(header("User-Agent")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        CallerText.traceparent(header("traceparent"))),
                clock.instant());
    }
}
