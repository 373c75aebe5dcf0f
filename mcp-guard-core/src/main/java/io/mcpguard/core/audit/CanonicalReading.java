package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.AuditVerdict.Repeats;
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

/**
 * Reads an audit event in exactly the form in which {@link AuditEventJson} writes it, several times as fast as a reader of any JSON:
 * a report over a day reads some hundred thousand. Of any other form it says so, and leaves it to {@link AuditEventReading}.
 */
final class CanonicalReading {

    private static final int UUID_LENGTH = 36;
    private static final int MAX_DIGITS = 18;

    private final String record;
    private int at;

    private CanonicalReading(String record) {
        this.record = record;
    }

    /** Not in the form expected; says nothing else. */
    private static final class OtherFormException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OtherFormException() {
            super("not in canonical form", null, false, false);
        }
    }

    /** The event without its link; empty when it is written in another way, or is no event. */
    static Optional<AuditEvent> event(String record) {
        try {
            CanonicalReading reading = new CanonicalReading(record);
            AuditEvent event = reading.event();
            return reading.at == record.length() ? Optional.of(event) : Optional.empty();
        } catch (OtherFormException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private AuditEvent event() {
        expect("{\"arguments\":");
        Map<String, String> arguments = arguments();
        expect(",\"callId\":");
        UUID callId = id();
        expect(",\"caller\":");
        AuditCaller caller = caller();
        expect(",\"channel\":");
        Channel channel = Channel.valueOf(text());
        expect(",\"id\":");
        UUID id = id();
        expect(",\"method\":");
        String method = text();
        expect(",\"result\":");
        AuditResult result = result();
        expect(",\"source\":");
        AuditSource source = source();
        expect(",\"stage\":");
        Stage stage = Stage.valueOf(text());
        expect(",\"target\":{\"operationId\":");
        String operation = text();
        expect(",\"template\":");
        AuditTarget target = new AuditTarget(operation, text());
        expect("},\"time\":");
        Instant time = time();
        expect(",\"v\":1,\"verdict\":");
        AuditVerdict verdict = verdict();
        expect("}");
        return new AuditEvent(
                id,
                callId,
                stage,
                time,
                channel,
                method,
                target,
                caller,
                verdict,
                result,
                source,
                arguments,
                Optional.empty());
    }

    private Map<String, String> arguments() {
        expect("{");
        Map<String, String> arguments = new LinkedHashMap<>();
        while (!skip("}")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            String pointer = text();
            expect(":");
            arguments.put(pointer, text());
        }
        return arguments;
    }

    private AuditCaller caller() {
        expect("{\"clientId\":");
        String client = text();
        Optional<String> credential = optional(",\"credentialId\":");
        Optional<String> principal = optional(",\"principal\":");
        expect(",\"profileId\":");
        String profile = text();
        expect(",\"profileVersion\":");
        String version = text();
        expect("}");
        return new AuditCaller(client, profile, version, principal, credential);
    }

    private AuditResult result() {
        expect("{");
        OptionalLong bytesIn = optionalNumber("\"bytesIn\":");
        OptionalLong bytesOut = optionalNumber("\"bytesOut\":");
        OptionalLong status = optionalNumber("\"httpStatus\":");
        OptionalLong latency = optionalNumber("\"latencyMicros\":");
        expect("\"outcome\":");
        AuditResult.Outcome outcome = AuditResult.Outcome.valueOf(text());
        OptionalLong rpcCode = skip(",\"rpcCode\":") ? OptionalLong.of(number()) : OptionalLong.empty();
        expect("}");
        return new AuditResult(
                outcome,
                narrow(status),
                narrow(rpcCode),
                latency.isPresent() ? Optional.of(Duration.ofNanos(latency.getAsLong() * 1000)) : Optional.empty(),
                bytesIn,
                bytesOut);
    }

    private AuditSource source() {
        expect("{\"address\":");
        String address = text();
        Optional<String> clientInfo = optional(",\"clientInfo\":");
        expect(",\"port\":");
        int port = (int) number();
        Optional<String> protocolVersion = optional(",\"protocolVersion\":");
        Optional<String> rpcId = optional(",\"rpcId\":");
        Optional<String> traceparent = optional(",\"traceparent\":");
        Optional<String> userAgent = optional(",\"userAgent\":");
        expect("}");
        return new AuditSource(address, port, userAgent, clientInfo, protocolVersion, rpcId, traceparent);
    }

    private AuditVerdict verdict() {
        boolean allowed = skip("{\"allowed\":true");
        if (!allowed) {
            expect("{\"allowed\":false");
        }
        expect(",\"detail\":");
        String detail = text();
        Optional<AuditLimit> limit = skip(",\"limit\":") ? Optional.of(limit()) : Optional.empty();
        expect(",\"reason\":");
        String reason = text();
        Optional<Repeats> repeats = skip(",\"repeats\":{\"count\":") ? Optional.of(repeats()) : Optional.empty();
        expect("}");
        return new AuditVerdict(allowed, reason, detail, limit, repeats);
    }

    private Repeats repeats() {
        long count = number();
        expect(",\"since\":");
        Instant since = time();
        expect("}");
        return new Repeats(count, since);
    }

    private AuditLimit limit() {
        expect("{\"name\":");
        String name = text();
        expect(",\"permits\":");
        int permits = (int) number();
        expect(",\"remaining\":");
        int remaining = (int) number();
        expect(",\"retryAfterMillis\":");
        long retryAfterMillis = number();
        expect("}");
        return new AuditLimit(name, permits, remaining, retryAfterMillis);
    }

    private static OptionalInt narrow(OptionalLong number) {
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    private Optional<String> optional(String start) {
        return skip(start) ? Optional.of(text()) : Optional.empty();
    }

    /** A number with a comma after it. */
    private OptionalLong optionalNumber(String start) {
        if (!skip(start)) {
            return OptionalLong.empty();
        }
        long number = number();
        expect(",");
        return OptionalLong.of(number);
    }

    private boolean skip(String expected) {
        boolean there = record.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    private void expect(String expected) {
        if (!skip(expected)) {
            throw new OtherFormException();
        }
    }

    private char next() {
        if (at >= record.length()) {
            throw new OtherFormException();
        }
        return record.charAt(at++);
    }

    private String text() {
        expect("\"");
        int from = at;
        for (char c = next(); c != '"'; c = next()) {
            if (c == '\\') {
                return escaped(from);
            }
            if (c < 0x20 || c > 0x7E) {
                throw new OtherFormException();
            }
        }
        return record.substring(from, at - 1);
    }

    /** A text with a backslash, which has just been read. */
    private String escaped(int from) {
        StringBuilder text = new StringBuilder(record.substring(from, at - 1));
        at--;
        for (char c = next(); c != '"'; c = next()) {
            if (c == '\\') {
                char kind = next();
                if (kind != 'u' && kind != '"' && kind != '\\') {
                    throw new OtherFormException();
                }
                text.append(kind == 'u' ? (char) hex(4) : kind);
            } else if (c < 0x20 || c > 0x7E) {
                throw new OtherFormException();
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private long hex(int digits) {
        long number = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw new OtherFormException();
            }
            number = number << 4 | digit;
        }
        return number;
    }

    private UUID id() {
        int from = at;
        expect("\"");
        long high = hex(8);
        expect("-");
        high = high << 16 | hex(4);
        expect("-");
        high = high << 16 | hex(4);
        expect("-");
        long low = hex(4);
        expect("-");
        low = low << 48 | hex(12);
        expect("\"");
        if (at - from != UUID_LENGTH + 2) {
            throw new OtherFormException();
        }
        return new UUID(high, low);
    }

    private long number() {
        boolean negative = skip("-");
        int from = at;
        long number = 0;
        while (at < record.length() && record.charAt(at) >= '0' && record.charAt(at) <= '9') {
            number = number * 10 + record.charAt(at++) - '0';
        }
        int digits = at - from;
        boolean leadingZero = digits > 1 && record.charAt(from) == '0';
        if (digits == 0 || digits > MAX_DIGITS || leadingZero) {
            throw new OtherFormException();
        }
        return negative ? -number : number;
    }

    private Instant time() {
        expect("\"");
        int end = record.indexOf('"', at);
        if (end < 0) {
            throw new OtherFormException();
        }
        Instant time = RecordText.time(record, at, end);
        at = end + 1;
        return time;
    }
}
