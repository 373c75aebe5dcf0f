package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.AuditVerdict.Repeats;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.core.audit.CanonicalJson.Name;
import io.mcpguard.core.mask.ArgumentMask;
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

    private static final Name ADDRESS = new Name("address");
    private static final Name ALLOWED = new Name("allowed");
    private static final Name ARGUMENTS = new Name("arguments");
    private static final Name BYTES_IN = new Name("bytesIn");
    private static final Name BYTES_OUT = new Name("bytesOut");
    private static final Name CALLER = new Name("caller");
    private static final Name CALL_ID = new Name("callId");
    private static final Name CHANNEL = new Name("channel");
    private static final Name CLIENT_ID = new Name("clientId");
    private static final Name CLIENT_INFO = new Name("clientInfo");
    private static final Name COUNT = new Name("count");
    private static final Name CREDENTIAL_ID = new Name("credentialId");
    private static final Name DETAIL = new Name("detail");
    private static final Name HASH = new Name("hash");
    private static final Name HTTP_STATUS = new Name("httpStatus");
    private static final Name ID = new Name("id");
    private static final Name LATENCY_MICROS = new Name("latencyMicros");
    private static final Name LIMIT = new Name("limit");
    private static final Name LINK = new Name("link");
    private static final Name METHOD = new Name("method");
    private static final Name NAME = new Name("name");
    private static final Name OPERATION_ID = new Name("operationId");
    private static final Name OUTCOME = new Name("outcome");
    private static final Name PERMITS = new Name("permits");
    private static final Name PORT = new Name("port");
    private static final Name PREVIOUS_HASH = new Name("previousHash");
    private static final Name PRINCIPAL = new Name("principal");
    private static final Name PROFILE_ID = new Name("profileId");
    private static final Name PROFILE_VERSION = new Name("profileVersion");
    private static final Name PROTOCOL_VERSION = new Name("protocolVersion");
    private static final Name REASON = new Name("reason");
    private static final Name REMAINING = new Name("remaining");
    private static final Name REPEATS = new Name("repeats");
    private static final Name RESULT = new Name("result");
    private static final Name RETRY_AFTER_MILLIS = new Name("retryAfterMillis");
    private static final Name RPC_CODE = new Name("rpcCode");
    private static final Name RPC_ID = new Name("rpcId");
    private static final Name SEQUENCE = new Name("sequence");
    private static final Name SINCE = new Name("since");
    private static final Name SOURCE = new Name("source");
    private static final Name STAGE = new Name("stage");
    private static final Name STREAM = new Name("stream");
    private static final Name TARGET = new Name("target");
    private static final Name TEMPLATE = new Name("template");
    private static final Name TIME = new Name("time");
    private static final Name TRACEPARENT = new Name("traceparent");
    private static final Name USER_AGENT = new Name("userAgent");
    private static final Name V = new Name("v");
    private static final Name VERDICT = new Name("verdict");

    private AuditEventJson() {}

    /**
     * Writes an event.
     *
     * @param event the event; its link, if it has one, becomes the member {@code link}
     * @return one line without a line end
     */
    public static String text(AuditEvent event) {
        return written(event, true).result();
    }

    private static CanonicalJson written(AuditEvent event, boolean withLink) {
        CanonicalJson json = new CanonicalJson().open();
        arguments(json, event.arguments());
        json.id(CALL_ID, event.callId());
        caller(json, event.caller());
        json.text(CHANNEL, event.channel().name());
        json.id(ID, event.id());
        if (withLink && event.link().isPresent()) {
            link(json, event.link().get());
        }
        json.text(METHOD, event.method());
        result(json, event.result());
        source(json, event.source());
        json.text(STAGE, event.stage().name());
        json.open(TARGET)
                .text(OPERATION_ID, event.target().operationId())
                .text(TEMPLATE, event.target().template())
                .close();
        json.time(TIME, event.time());
        json.number(V, 1);
        verdict(json, event.verdict());
        return json.close();
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
        return written(event, false).bytes();
    }

    private static void arguments(CanonicalJson json, Map<String, String> arguments) {
        json.open(ARGUMENTS);
        if (arguments.size() <= 1) {
            arguments.forEach(json::text);
        } else {
            sorted(arguments).forEach(json::text);
        }
        json.close();
    }

    private static Map<String, String> sorted(Map<String, String> arguments) {
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
        return sorted;
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
        json.open(CALLER)
                .text(CLIENT_ID, caller.clientId())
                .text(CREDENTIAL_ID, caller.credentialId().orElse(null))
                .text(PRINCIPAL, caller.principal().orElse(null))
                .text(PROFILE_ID, caller.profileId())
                .text(PROFILE_VERSION, caller.profileVersion())
                .close();
    }

    private static void link(CanonicalJson json, ChainLink link) {
        json.open(LINK)
                .text(HASH, link.hash())
                .text(PREVIOUS_HASH, link.previousHash())
                .number(SEQUENCE, link.sequence())
                .text(STREAM, link.stream())
                .close();
    }

    private static void result(CanonicalJson json, AuditResult result) {
        json.open(RESULT).number(BYTES_IN, result.bytesIn()).number(BYTES_OUT, result.bytesOut());
        json.number(HTTP_STATUS, result.httpStatus());
        if (result.latency().isPresent()) {
            json.number(LATENCY_MICROS, result.latency().get().toNanos() / 1000);
        }
        json.text(OUTCOME, result.outcome().name())
                .number(RPC_CODE, result.rpcCode())
                .close();
    }

    private static void source(CanonicalJson json, AuditSource source) {
        json.open(SOURCE)
                .text(ADDRESS, source.address())
                .text(CLIENT_INFO, source.clientInfo().orElse(null))
                .number(PORT, source.port())
                .text(PROTOCOL_VERSION, source.protocolVersion().orElse(null))
                .text(RPC_ID, source.rpcId().orElse(null))
                .text(TRACEPARENT, source.traceparent().orElse(null))
                .text(USER_AGENT, source.userAgent().orElse(null))
                .close();
    }

    private static void verdict(CanonicalJson json, AuditVerdict verdict) {
        json.open(VERDICT).bool(ALLOWED, verdict.allowed()).text(DETAIL, verdict.detail());
        if (verdict.limit().isPresent()) {
            limit(json, verdict.limit().get());
        }
        json.text(REASON, verdict.reason());
        if (verdict.repeats().isPresent()) {
            repeats(json, verdict.repeats().get());
        }
        json.close();
    }

    private static void repeats(CanonicalJson json, Repeats repeats) {
        json.open(REPEATS)
                .number(COUNT, repeats.count())
                .time(SINCE, repeats.since())
                .close();
    }

    private static void limit(CanonicalJson json, AuditLimit limit) {
        json.open(LIMIT)
                .text(NAME, limit.name())
                .number(PERMITS, limit.permits())
                .number(REMAINING, limit.remaining())
                .number(RETRY_AFTER_MILLIS, limit.retryAfterMillis())
                .close();
    }
}
