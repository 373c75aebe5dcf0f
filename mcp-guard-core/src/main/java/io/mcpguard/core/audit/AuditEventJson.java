package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * The canonical JSON of an audit event: one line of printable ASCII with sorted members and only strings, integers and
 * booleans as values. Absent values have no member. Texts longer than 512 characters are cut and end in {@code ...}.
 *
 * @since 0.1
 */
public final class AuditEventJson {

    static final int MAX_ARGUMENTS = 128;

    private AuditEventJson() {}

    /**
     * Writes an event.
     *
     * @param event the event; its link, if it has one, becomes the member {@code link}
     * @return one line without a line end
     */
    public static String text(AuditEvent event) {
        CanonicalJson json = new CanonicalJson().open();
        arguments(json, event.arguments());
        json.text("callId", event.callId().toString());
        caller(json, event.caller());
        json.text("channel", event.channel().name());
        json.text("id", event.id().toString());
        event.link().ifPresent(link -> link(json, link));
        json.text("method", event.method());
        result(json, event.result());
        source(json, event.source());
        json.text("stage", event.stage().name());
        json.open("target")
                .text("operationId", event.target().operationId())
                .text("template", event.target().template())
                .close();
        json.text("time", event.time().truncatedTo(ChronoUnit.MICROS).toString());
        json.number("v", 1);
        verdict(json, event.verdict());
        return json.close().result();
    }

    /**
     * Reads an event back.
     *
     * @param text what {@link #text(AuditEvent)} gave; members that are not known are passed over
     * @return the event
     * @throws MalformedRecordException when it is not such a text
     */
    public static AuditEvent parse(String text) throws MalformedRecordException {
        return parse(text.getBytes(UTF_8));
    }

    static AuditEvent parse(byte[] text) throws MalformedRecordException {
        return AuditEventReading.event(text);
    }

    /** The bytes that go into a frame: the event without its link. */
    static byte[] payload(AuditEvent event) {
        AuditEvent bare = event.link().isEmpty()
                ? event
                : new AuditEvent(
                        event.id(),
                        event.callId(),
                        event.stage(),
                        event.time(),
                        event.channel(),
                        event.method(),
                        event.target(),
                        event.caller(),
                        event.verdict(),
                        event.result(),
                        event.source(),
                        event.arguments(),
                        java.util.Optional.empty());
        return text(bare).getBytes(US_ASCII);
    }

    private static void arguments(CanonicalJson json, Map<String, String> arguments) {
        TreeMap<String, String> sorted = new TreeMap<>();
        int cut = 0;
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            String pointer = whole(CanonicalJson.bounded(argument.getKey()));
            if (sorted.size() >= MAX_ARGUMENTS || sorted.containsKey(pointer)) {
                cut++;
            } else {
                sorted.put(pointer, argument.getValue());
            }
        }
        if (cut > 0) {
            sorted.merge(ArgumentMask.CUT, Integer.toString(cut), (had, more) -> had + "+" + more);
        }
        json.open("arguments");
        sorted.forEach(json::text);
        json.close();
    }

    /** The text as it is after writing and reading, so that two names cannot become one in the record. */
    private static String whole(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean half = Character.isSurrogate(text.charAt(i)) && CanonicalJson.isHalf(text, i);
            whole.append(half ? '\uFFFD' : text.charAt(i));
        }
        return whole.toString();
    }

    private static void caller(CanonicalJson json, AuditCaller caller) {
        json.open("caller")
                .text("clientId", caller.clientId())
                .text("credentialId", caller.credentialId().orElse(null))
                .text("principal", caller.principal().orElse(null))
                .text("profileId", caller.profileId())
                .text("profileVersion", caller.profileVersion())
                .close();
    }

    private static void link(CanonicalJson json, ChainLink link) {
        json.open("link")
                .text("hash", link.hash())
                .text("previousHash", link.previousHash())
                .number("sequence", link.sequence())
                .text("stream", link.stream())
                .close();
    }

    private static void result(CanonicalJson json, AuditResult result) {
        json.open("result").number("bytesIn", result.bytesIn()).number("bytesOut", result.bytesOut());
        json.number("httpStatus", result.httpStatus());
        result.latency().ifPresent(latency -> json.number("latencyMicros", latency.toNanos() / 1000));
        json.text("outcome", result.outcome().name())
                .number("rpcCode", result.rpcCode())
                .close();
    }

    private static void source(CanonicalJson json, AuditSource source) {
        json.open("source")
                .text("address", source.address())
                .text("clientInfo", source.clientInfo().orElse(null))
                .number("port", source.port())
                .text("protocolVersion", source.protocolVersion().orElse(null))
                .text("rpcId", source.rpcId().orElse(null))
                .text("traceparent", source.traceparent().orElse(null))
                .text("userAgent", source.userAgent().orElse(null))
                .close();
    }

    private static void verdict(CanonicalJson json, AuditVerdict verdict) {
        json.open("verdict").bool("allowed", verdict.allowed()).text("detail", verdict.detail());
        verdict.limit().ifPresent(limit -> limit(json, limit));
        json.text("reason", verdict.reason()).close();
    }

    private static void limit(CanonicalJson json, AuditLimit limit) {
        json.open("limit")
                .text("name", limit.name())
                .number("permits", limit.permits())
                .number("remaining", limit.remaining())
                .number("retryAfterMillis", limit.retryAfterMillis())
                .close();
    }
}
