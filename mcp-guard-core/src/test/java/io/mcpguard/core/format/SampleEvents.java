package io.mcpguard.core.format;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditReporter;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.ChainLink;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.decision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** One event of each kind, always the same: what the golden files show. */
final class SampleEvents {

    static final AuditReporter REPORTER =
            AuditReporter.of("orders").onNode("node-1").atVersion("2.4.0").inEnvironment("production");

    static final Origin ORIGIN = new Origin(REPORTER, Optional.of("0.1.0"));

    /** The number for examples (RFC 5612). */
    static final long ENTERPRISE_NUMBER = 32473;

    private static final AuditTarget GET_ORDER = new AuditTarget("getOrder", "GET /api/orders/{orderId}");

    private static final AuditCaller CLAUDE = new AuditCaller(
            "claude-assistant", "developer-readonly", "3", Optional.of("svc-claude"), Optional.of("mcpg_live_k1"));

    private static final AuditSource MCP_SOURCE = new AuditSource(
            "203.0.113.7",
            51_234,
            Optional.of("claude-code/2.1.330 (cli)"),
            Optional.of("claude-code/2.1.330"),
            Optional.of("2026-07-28"),
            Optional.of("7"),
            Optional.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    private static final AuditSource REST_SOURCE = new AuditSource(
            "2001:db8::7",
            40_712,
            Optional.of("curl/8.9.1"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final AuditVerdict ALLOWED =
            new AuditVerdict(true, "allowed", "grant:orders", Optional.of(new AuditLimit("per-minute", 20, 19, 0)));

    private SampleEvents() {}

    /** Name of the golden file, and the event. */
    static Map<String, AuditEvent> all() {
        Map<String, AuditEvent> all = new LinkedHashMap<>();
        all.put("intent", intent());
        all.put("outcome-success", outcomeSuccess());
        all.put("outcome-failed", outcomeFailed());
        all.put("denied-by-scope", deniedByScope());
        all.put("rate-limited", rateLimited());
        all.put("unauthenticated", unauthenticated());
        all.put("orphaned", orphaned());
        all.put("notice", notice());
        all.put("fault", fault());
        all.put("admin", admin());
        all.put("look-up", lookUp());
        all.put("repeated", repeated());
        return all;
    }

    static AuditEvent intent() {
        return event(
                1,
                Stage.INTENT,
                Channel.MCP,
                "tools/call",
                GET_ORDER,
                CLAUDE,
                ALLOWED,
                AuditResult.pending(),
                MCP_SOURCE,
                Map.of("/path/orderId", "hmac-sha256:audit-1:5s0iJ0hJQ0r0zv8n3o0n0w"));
    }

    static AuditEvent outcomeSuccess() {
        return event(
                2,
                Stage.OUTCOME,
                Channel.MCP,
                "tools/call",
                GET_ORDER,
                CLAUDE,
                ALLOWED,
                AuditResult.ofStatus(200, Duration.ofNanos(12_400_000)).withBytes(0, 512),
                MCP_SOURCE,
                Map.of());
    }

    static AuditEvent outcomeFailed() {
        return event(
                3,
                Stage.OUTCOME,
                Channel.REST,
                "DELETE",
                new AuditTarget("deleteOrder", "DELETE /api/orders/{orderId}"),
                CLAUDE,
                ALLOWED,
                AuditResult.ofStatus(500, Duration.ofMillis(31)).withBytes(0, 96),
                REST_SOURCE,
                Map.of());
    }

    static AuditEvent deniedByScope() {
        return denied(4, Reason.OPERATION_NOT_AVAILABLE, "operation-not-open", CLAUDE, Optional.empty());
    }

    static AuditEvent rateLimited() {
        return denied(
                5,
                Reason.LIMIT_REACHED,
                "limit:per-minute",
                CLAUDE,
                Optional.of(new AuditLimit("per-minute", 20, 0, 41_500)));
    }

    static AuditEvent unauthenticated() {
        AuditCaller nobody = new AuditCaller(
                AuditCaller.ANONYMOUS,
                AuditCaller.ANONYMOUS,
                AuditCaller.ANONYMOUS,
                Optional.empty(),
                Optional.of("mcpg_live_k9"));
        return denied(6, Reason.UNAUTHENTICATED, "key-expired", nobody, Optional.empty());
    }

    static AuditEvent orphaned() {
        return event(
                7,
                Stage.ORPHANED,
                Channel.MCP,
                "tools/call",
                new AuditTarget("createOrder", "POST /api/orders"),
                CLAUDE,
                ALLOWED,
                result(Outcome.UNKNOWN),
                MCP_SOURCE,
                Map.of());
    }

    static AuditEvent notice() {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("/chain", "00000002-9f3c0a51d27be684");
        said.put("/orphans", "1");
        said.put("/previous/tip", "found");
        said.put("/previous/chain", "00000001-51d27be6849f3c0a");
        said.put("/previous/sequence", "4711");
        said.put("/previous/hash", "3".repeat(64));
        return self(8, "journal-started", said);
    }

    static AuditEvent fault() {
        return self(9, "journal-mended", Map.of("/refused", "17"));
    }

    static AuditEvent admin() {
        return event(
                10,
                Stage.NOTICE,
                Channel.ADMIN,
                "credential-issued",
                new AuditTarget("k2", "profiles file"),
                new AuditCaller("claude-assistant", "developer-readonly", "3", Optional.empty(), Optional.empty()),
                new AuditVerdict(true, "allowed", "LIVE, ACTIVE", Optional.empty()),
                AuditResult.ofStatus(200, Duration.ZERO),
                AuditSource.of("local", 0),
                Map.of());
    }

    /** An operator asked for the keyed hash of a value. */
    static AuditEvent lookUp() {
        return event(
                12,
                Stage.NOTICE,
                Channel.ADMIN,
                "value-looked-up",
                new AuditTarget("getOrder", "audit values"),
                new AuditCaller(
                        AuditCaller.ANONYMOUS,
                        AuditCaller.ANONYMOUS,
                        AuditCaller.ANONYMOUS,
                        Optional.of("operator-1"),
                        Optional.empty()),
                new AuditVerdict(true, "allowed", "audit hash", Optional.empty()),
                AuditResult.ofStatus(200, Duration.ZERO),
                AuditSource.of("local", 0),
                Map.of("/pointer", "/path/orderId"));
    }

    /** Calls were made without a record while none could be written. */
    static AuditEvent unrecorded() {
        return event(
                13,
                Stage.NOTICE,
                Channel.SELF,
                "calls-unrecorded",
                new AuditTarget("guard", "calls-unrecorded"),
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", "calls-unrecorded", Optional.empty()),
                result(Outcome.FAILURE),
                AuditSource.of("local", 0),
                Map.of("/mcp", "3"));
    }

    /** A client went on after it had been told to wait: one record for all that the guard refused within a second. */
    static AuditEvent repeated() {
        AuditEvent last = denied(
                14,
                Reason.LIMIT_REACHED,
                "limit:per-minute",
                CLAUDE,
                Optional.of(new AuditLimit("per-minute", 20, 0, 41_500)));
        return event(
                14,
                Stage.DENIED,
                Channel.MCP,
                "tools/call",
                last.target(),
                CLAUDE,
                last.verdict().repeated(1_483, Instant.parse("2026-11-22T13:59:59.136456Z")),
                new AuditResult(
                        Outcome.FAILURE,
                        last.result().httpStatus(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()),
                MCP_SOURCE,
                Map.of());
    }

    static AuditEvent denied(int number, Reason reason, String detail, AuditCaller who, Optional<AuditLimit> limit) {
        return event(
                number,
                Stage.DENIED,
                Channel.MCP,
                "tools/call",
                new AuditTarget("cancelOrder", "POST /api/orders/{orderId}/cancel"),
                who,
                new AuditVerdict(false, reason.code(), detail, limit),
                AuditResult.ofStatus(reason.httpStatus(), Duration.ofNanos(310_000)),
                MCP_SOURCE,
                Map.of());
    }

    static AuditEvent self(int number, String method, Map<String, String> said) {
        return event(
                number,
                Stage.NOTICE,
                Channel.SELF,
                method,
                new AuditTarget("journal", "00000002-9f3c0a51d27be684"),
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", method, Optional.empty()),
                result(Outcome.SUCCESS),
                AuditSource.of("local", 0),
                said);
    }

    static AuditResult result(Outcome outcome) {
        return new AuditResult(
                outcome,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    static AuditEvent event(
            int number,
            Stage stage,
            Channel channel,
            String method,
            AuditTarget target,
            AuditCaller caller,
            AuditVerdict verdict,
            AuditResult result,
            AuditSource source,
            Map<String, String> arguments) {
        return new AuditEvent(
                new UUID(0x019a_c000_0000_7000L + number, 0x8000_0000_0000_0001L),
                new UUID(0x019a_c000_0000_7000L, 0x8000_0000_0000_0000L + (number == 2 ? 1 : number)),
                stage,
                Instant.parse("2026-11-22T14:00:00.123456Z"),
                channel,
                method,
                target,
                caller,
                verdict,
                result,
                source,
                arguments,
                Optional.of(new ChainLink("00000002-9f3c0a51d27be684", 40 + number, "a".repeat(64), "b".repeat(64))));
    }
}
