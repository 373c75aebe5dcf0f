package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.AuditVerdict.Repeats;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the canonical JSON of an audit event. Members that are not known are passed over, missing ones refused. */
final class AuditEventReading {

    private static final JsonMapper JSON = new JsonMapper();

    private AuditEventReading() {}

    static AuditEvent event(byte[] text) throws MalformedRecordException {
        Optional<AuditEvent> event = CanonicalReading.event(RecordText.of(text, 0, text.length));
        return event.isPresent() ? event.get() : parsed(text);
    }

    /** Reads any JSON that has the members of an event. */
    static AuditEvent parsed(byte[] text) throws MalformedRecordException {
        try {
            return event(JSON.readTree(text));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new MalformedRecordException("not an audit event: " + e.getMessage(), e);
        }
    }

    private static AuditEvent event(JsonNode json) {
        JsonNode target = member(json, "target");
        return new AuditEvent(
                UUID.fromString(text(json, "id")),
                UUID.fromString(text(json, "callId")),
                Stage.valueOf(text(json, "stage")),
                Instant.parse(text(json, "time")),
                Channel.valueOf(text(json, "channel")),
                text(json, "method"),
                new AuditTarget(text(target, "operationId"), text(target, "template")),
                caller(member(json, "caller")),
                verdict(member(json, "verdict")),
                result(member(json, "result")),
                source(member(json, "source")),
                arguments(member(json, "arguments")),
                link(json.get("link")));
    }

    private static AuditCaller caller(JsonNode json) {
        return new AuditCaller(
                text(json, "clientId"),
                text(json, "profileId"),
                text(json, "profileVersion"),
                optional(json, "principal"),
                optional(json, "credentialId"));
    }

    private static AuditVerdict verdict(JsonNode json) {
        JsonNode limit = json.get("limit");
        Optional<AuditLimit> stood = limit == null
                ? Optional.empty()
                : Optional.of(new AuditLimit(
                        text(limit, "name"),
                        (int) number(limit, "permits"),
                        (int) number(limit, "remaining"),
                        number(limit, "retryAfterMillis")));
        JsonNode repeats = json.get("repeats");
        Optional<Repeats> repeated = repeats == null
                ? Optional.empty()
                : Optional.of(new Repeats(number(repeats, "count"), Instant.parse(text(repeats, "since"))));
        return new AuditVerdict(
                member(json, "allowed").booleanValue(), text(json, "reason"), text(json, "detail"), stood, repeated);
    }

    private static AuditResult result(JsonNode json) {
        OptionalLong latency = optionalLong(json, "latencyMicros");
        return new AuditResult(
                AuditResult.Outcome.valueOf(text(json, "outcome")),
                optionalInt(json, "httpStatus"),
                optionalInt(json, "rpcCode"),
                latency.isPresent() ? Optional.of(Duration.ofNanos(latency.getAsLong() * 1000)) : Optional.empty(),
                optionalLong(json, "bytesIn"),
                optionalLong(json, "bytesOut"));
    }

    private static AuditSource source(JsonNode json) {
        return new AuditSource(
                text(json, "address"),
                (int) number(json, "port"),
                optional(json, "userAgent"),
                optional(json, "clientInfo"),
                optional(json, "protocolVersion"),
                optional(json, "rpcId"),
                optional(json, "traceparent"));
    }

    private static Map<String, String> arguments(JsonNode json) {
        Map<String, String> arguments = new LinkedHashMap<>();
        json.properties()
                .forEach(one -> arguments.put(one.getKey(), one.getValue().stringValue()));
        return arguments;
    }

    private static Optional<ChainLink> link(@Nullable JsonNode json) {
        return json == null
                ? Optional.empty()
                : Optional.of(new ChainLink(
                        text(json, "stream"),
                        number(json, "sequence"),
                        text(json, "previousHash"),
                        text(json, "hash")));
    }

    private static JsonNode member(JsonNode json, String name) {
        JsonNode member = json.get(name);
        if (member == null) {
            throw new IllegalArgumentException("no member " + name);
        }
        return member;
    }

    private static String text(JsonNode json, String name) {
        return member(json, name).stringValue();
    }

    private static long number(JsonNode json, String name) {
        return member(json, name).longValue();
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return json.has(name) ? Optional.of(text(json, name)) : Optional.empty();
    }

    private static OptionalInt optionalInt(JsonNode json, String name) {
        return json.has(name) ? OptionalInt.of((int) number(json, name)) : OptionalInt.empty();
    }

    private static OptionalLong optionalLong(JsonNode json, String name) {
        return json.has(name) ? OptionalLong.of(number(json, name)) : OptionalLong.empty();
    }
}
