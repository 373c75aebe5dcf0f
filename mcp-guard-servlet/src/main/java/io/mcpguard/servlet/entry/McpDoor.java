package io.mcpguard.servlet.entry;

import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.door.Frontage;
import io.mcpguard.core.door.PresentedHeaders;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Recognition;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.invocation.HttpField;
import io.mcpguard.servlet.exchange.EnteredRequest;
import io.mcpguard.servlet.exchange.ProblemWriter;
import io.mcpguard.servlet.exchange.RecordedChain;
import io.mcpguard.servlet.exchange.RecordedResponse;
import io.mcpguard.servlet.exchange.RequestReader;
import io.mcpguard.servlet.exchange.UnauthenticatedAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/**
 * Lets in the requests of MCP clients: without cookies and session, and with the principal of whom the guard knows established
 * before the service's own security looks.
 */
final class McpDoor {

    private static final int MAX_HELD_BYTES = 1 << 16;
    private static final AuditTarget TARGET = new AuditTarget(AuditTarget.UNKNOWN, "mcp");

    private final Guard guard;
    private final McpServing serving;
    private final Frontage frontage;
    private final InstantSource clock;

    McpDoor(Guard guard, McpServing serving, Frontage frontage, InstantSource clock) {
        this.guard = guard;
        this.serving = serving;
        this.frontage = frontage;
        this.clock = clock;
    }

    void enter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Instant arrival = clock.instant();
        List<HttpField> headers;
        try {
            headers = headers(request);
        } catch (IllegalArgumentException e) {
            // The field itself refuses what could break out of its line; asking first would look at each twice.
            Deny malformed = new Deny(Reason.REQUEST_MALFORMED, "header-field-invalid");
            RequestFacts facts = RequestReader.facts(
                    Channel.MCP, frontage, request, TARGET, name -> RequestReader.values(request, name), arrival);
            ProblemWriter.write(guard.refuse(facts, malformed), response);
            return;
        }
        RequestFacts facts =
                RequestReader.facts(Channel.MCP, frontage, request, TARGET, name -> values(headers, name), arrival);
        EnteredRequest.Builder entered = EnteredRequest.of(request)
                .withoutAmbientLogin()
                .hiding(PresentedHeaders.CLIENT, PresentedHeaders.PROFILE);
        Recognition recognition = guard.recognize(facts);
        McpEntry entry = new McpEntry(guard, facts, headers, recognition);
        if (recognition.isGuards()) {
            if (recognition.identified().isEmpty()) {
                // The endpoint says no in its own words and records it. Nothing of the service is concerned.
                serving.serve(entry, request, response, AuthContext.none());
                return;
            }
            entered.hiding(PresentedHeaders.PROVING.toArray(String[]::new))
                    .as(recognition.identified().get().caller().principal());
        }
        RecordedResponse recorded = new RecordedResponse(response, entry, MAX_HELD_BYTES);
        entry.attachTo(request, recorded);
        if (!recognition.isGuards()) {
            UnauthenticatedAnswer nobody = (behind, answer) -> {
                entry.reach();
                serving.serve(entry, behind, answer, AuthContext.none());
            };
            nobody.attachTo(request);
        }
        RecordedChain.follow(entered.answeredBy(recorded).build(), recorded, chain);
    }

    /** Throws IllegalArgumentException when a field is one that no parser should have let through. */
    private static List<HttpField> headers(HttpServletRequest request) {
        List<HttpField> fields = new ArrayList<>();
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            if (!name.equalsIgnoreCase("Cookie")) {
                Enumeration<String> values = request.getHeaders(name);
                while (values.hasMoreElements()) {
                    fields.add(new HttpField(name, values.nextElement()));
                }
            }
        }
        return List.copyOf(fields);
    }

    /** All values of a name: an answer by one of several would be one that another part of the system might read otherwise. */
    private static List<String> values(List<HttpField> headers, String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < headers.size(); i++) {
            HttpField field = headers.get(i);
            if (field.isNamed(name)) {
                values.add(field.value());
            }
        }
        return values;
    }
}
