package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditFormat;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * OCSF 1.9.0 as JSON: API Activity for calls, Authentication for refused credentials, Entity Management for changed profiles
 * and keys, Application Lifecycle and Application Error for the guard itself. docs/audit-formats.md has the tables.
 *
 * <p>What OCSF has no place for stands in {@code unmapped.mcp_guard}.
 *
 * @since 0.1
 */
public final class OcsfFormat implements AuditFormat {

    private static final String VERSION = "1.9.0";
    private static final int SHA_256 = 3;
    private static final int HEX = 1;
    private static final int OTHER = 99;

    private final Origin origin;
    private final OcsfRequest request;

    /**
     * Makes the format.
     *
     * @param reporter the service that reports
     */
    public OcsfFormat(AuditReporter reporter) {
        this(Origin.of(reporter));
    }

    OcsfFormat(Origin origin) {
        this.origin = origin;
        this.request = new OcsfRequest(origin);
    }

    @Override
    public String format(AuditEvent event) {
        JsonLine json = new JsonLine();
        classification(json, event);
        metadata(json, event);
        switch (EventKind.of(event)) {
            case CALL -> request.call(json, event);
            case AUTHENTICATION -> request.authentication(json, event);
            case CHANGE -> entity(json, event);
            case LIFECYCLE -> product(json.object("app")).endObject();
            case FAULT -> {
                // The class has nothing but what every event has.
            }
        }
        event.link().ifPresent(link -> attestation(json, link));
        unmapped(json, event);
        return json.end();
    }

    @Override
    public String name() {
        return "ocsf";
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public int maxBytes() {
        return MOST_BYTES;
    }

    /** Path of the operation as it is published, never as it was sent. */
    static @Nullable String path(AuditEvent event) {
        String template = event.target().template();
        int slash = template.indexOf(" /");
        return slash < 0 ? null : template.substring(slash + 1);
    }

    private static void classification(JsonLine json, AuditEvent event) {
        OcsfClass type = OcsfClass.of(event);
        AuditResult result = event.result();
        AuditVerdict verdict = event.verdict();
        json.number("activity_id", type.activity())
                .text("activity_name", type.activityName())
                .number("category_uid", type.category())
                .number("class_uid", type.uid())
                .number("type_uid", type.typeUid())
                .number("severity_id", severity(Severity.of(event)))
                .number("time", EventTime.millis(event.time()))
                .text("message", EventKind.title(event));
        status(json, result.outcome());
        if (result.httpStatus().isPresent()) {
            json.text("status_code", Integer.toString(result.httpStatus().getAsInt()));
        } else if (result.rpcCode().isPresent()) {
            json.text("status_code", Integer.toString(result.rpcCode().getAsInt()));
        }
        if (EventKind.problem(event) != null) {
            json.text("status_detail", verdict.detail());
        }
        if (verdict.repeats().isPresent()) {
            Instant since = verdict.repeats().get().since();
            json.number("count", verdict.count())
                    .number("start_time", EventTime.millis(since))
                    .number("end_time", EventTime.millis(event.time()))
                    .number("duration", EventTime.millis(event.time()) - EventTime.millis(since));
        }
    }

    private static int severity(Severity severity) {
        return switch (severity) {
            case INFORMATIONAL -> 1;
            case LOW -> 2;
            case MEDIUM -> 3;
            case HIGH -> 4;
        };
    }

    private static void status(JsonLine json, Outcome outcome) {
        switch (outcome) {
            case SUCCESS -> json.number("status_id", 1);
            case FAILURE -> json.number("status_id", 2);
            case UNKNOWN -> json.number("status_id", 0);
            case PENDING -> json.number("status_id", OTHER).text("status", "Pending");
        }
    }

    private void metadata(JsonLine json, AuditEvent event) {
        json.object("metadata")
                .text("version", VERSION)
                .text("uid", event.id().toString())
                .text("correlation_uid", event.callId().toString())
                .text("event_code", EventCode.of(event))
                .text("log_name", "mcp-guard-audit")
                .text("log_version", "1");
        event.link().ifPresent(link -> json.number("sequence", link.sequence()));
        json.array("profiles");
        OcsfClass.profiles(event).forEach(json::element);
        json.endArray();
        product(json.object("product")).endObject();
        json.object("reporter")
                .text("name", origin.reporter().service())
                .text("uid", origin.authority())
                .text("hostname", origin.reporter().node())
                .endObject();
        json.endObject();
    }

    private JsonLine product(JsonLine json) {
        return json.text("name", Origin.GUARD).text("vendor_name", Origin.GUARD).text("version", origin.guardVersion());
    }

    private static void entity(JsonLine json, AuditEvent event) {
        String id = event.target().operationId();
        String type = Change.entityType(event);
        json.object("entity").text("type", type);
        if (id.equals(AuditTarget.UNKNOWN)) {
            json.text("name", event.target().template());
        } else {
            json.text("uid", id);
        }
        if (type.equals("profile")) {
            json.text("version", event.caller().profileVersion());
        }
        json.endObject();
        json.text("comment", event.verdict().detail());
    }

    /** The journal's hash is one over the journal's bytes, not over this document, so the serialization is our own. */
    private void attestation(JsonLine json, ChainLink link) {
        json.array("attestation_list").element();
        json.text("authority_uid", origin.authority()).text("chain_uid", link.stream());
        json.object("fingerprint")
                .number("algorithm_id", SHA_256)
                .number("encoding_id", HEX)
                .number("serialization_id", OTHER)
                .text("serialization", "mcp-guard journal frame 1")
                .text("value", link.hash())
                .endObject();
        json.endObject().endArray();
    }

    private void unmapped(JsonLine json, AuditEvent event) {
        boolean request = EventKind.of(event).isRequest();
        json.object("unmapped").object("mcp_guard");
        json.text("stage", EventCode.lower(event.stage()))
                .text("channel", EventCode.lower(event.channel()))
                .text("method", event.method())
                .text("template", event.target().template())
                .text("rule", event.verdict().detail())
                .text("environment", origin.reporter().environment());
        if (!request || event.caller().principal().isEmpty()) {
            json.text("credential_id", event.caller().credentialId());
        }
        if (!request) {
            json.text("principal", event.caller().principal());
            json.text("client_id", event.caller().clientId())
                    .text("profile_id", event.caller().profileId());
            json.object("data").arguments(event.arguments()).endObject();
        }
        if (EventKind.namesTool(event)) {
            json.text("gen_ai.tool.name", event.target().operationId());
        }
        @Nullable TraceParent trace = TraceParent.of(event);
        if (trace != null) {
            json.text("parent_span_id", trace.parentId());
        }
        event.verdict().limit().ifPresent(limit -> limit(json, limit));
        event.link().ifPresent(link -> json.text("previous_hash", link.previousHash()));
        json.endObject().endObject();
    }

    private static void limit(JsonLine json, AuditLimit limit) {
        json.object("limit")
                .text("name", limit.name())
                .number("permits", limit.permits())
                .number("remaining", limit.remaining())
                .number("retry_after_ms", limit.retryAfterMillis())
                .endObject();
    }
}
