package io.mcpguard.core.format;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.AuditVerdict.AuditLimit;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.home.ChangeRecords;
import io.mcpguard.core.profile.ProfileChange;
import io.mcpguard.decision.Reason;
import io.mcpguard.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;

/** Events of every kind that the guard, its journal and its profiles file put on record. */
final class EmittedEvents {

    private static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-11-22T14:00:00.123456Z"));

    private static final List<AuditTarget> TARGETS = List.of(
            AuditTarget.unknown(),
            new AuditTarget(AuditTarget.UNKNOWN, "mcp"),
            new AuditTarget("list_endpoints", "tools/call"),
            new AuditTarget("getOrder", "GET /api/orders/{orderId}"),
            new AuditTarget("placeOrder", "POST /api/orders"),
            new AuditTarget("patchOrder", "PATCH /api/orders/{orderId}"),
            new AuditTarget("deleteOrder", "DELETE /api/orders/{orderId}"),
            new AuditTarget("report", "TOOL /report"),
            new AuditTarget("greeting", "PROMPT /greeting"),
            new AuditTarget("terms", "RESOURCE /terms"));

    private static final Map<Channel, List<String>> METHODS = Map.of(
            Channel.MCP,
            List.of("tools/call", "tools/list", "resources/read", "prompts/get", "initialize", "unknown", "POST"),
            Channel.REST,
            List.of("GET", "DELETE", "PROPFIND"));

    private EmittedEvents() {}

    /** Everything about requests: each door, stage, reason, target, with and without what may be absent. */
    static List<AuditEvent> requests() {
        List<AuditEvent> events = new ArrayList<>();
        for (Channel channel : METHODS.keySet()) {
            for (String method : METHODS.getOrDefault(channel, List.of())) {
                for (AuditTarget target : TARGETS) {
                    for (boolean full : new boolean[] {true, false}) {
                        events.add(allowed(channel, method, target, full, Stage.INTENT, AuditResult.pending()));
                        events.add(allowed(
                                channel, method, target, full, Stage.ORPHANED, SampleEvents.result(Outcome.UNKNOWN)));
                        for (int status : new int[] {200, 404, 500}) {
                            AuditResult result = AuditResult.ofStatus(status, Duration.ofMillis(3));
                            events.add(allowed(channel, method, target, full, Stage.OUTCOME, result.withBytes(0, 7)));
                        }
                    }
                }
                for (Reason reason : Reason.values()) {
                    events.add(refused(channel, method, TARGETS.get(3), true, reason, Stage.DENIED, false));
                    events.add(refused(channel, method, TARGETS.get(0), false, reason, Stage.DENIED, false));
                }
                for (Reason reason : List.of(Reason.NO_ANSWER, Reason.SERVICE_BUSY)) {
                    events.add(refused(channel, method, TARGETS.get(3), true, reason, Stage.OUTCOME, true));
                }
                events.add(refused(channel, method, TARGETS.get(3), true, Reason.GUARD_UNAVAILABLE, Stage.PANIC, true));
                AuditResult started = SampleEvents.result(Outcome.PENDING);
                events.add(allowed(channel, method, TARGETS.get(3), true, Stage.STARTED, started));
            }
        }
        return events;
    }

    /** Every change of a profiles file, as the recorder of changes makes it. */
    static List<AuditEvent> changes() {
        List<AuditEvent> events = new ArrayList<>();
        ChangeRecords records = new ChangeRecords(events::add, new Uuid7(CLOCK, new Random(7)), CLOCK);
        for (ProfileChange.Kind kind : ProfileChange.Kind.values()) {
            records.accept(new ProfileChange(kind, "k1", "reader", "claude", "3", "state ACTIVE to SUSPENDED"));
            records.accept(new ProfileChange(kind, "", "", "", "", ""));
        }
        events.add(SampleEvents.lookUp());
        return events;
    }

    /** What a journal writes of itself over two starts, with an orphan between them. */
    static List<AuditEvent> journal(Path folder) throws IOException {
        Uuid7 ids = new Uuid7(CLOCK, new Random(7));
        for (int start = 0; start < 2; start++) {
            try (Journal journal = Journal.builder(folder, CLOCK, ids)
                    .segmentBytes(2000)
                    .appendDeadline(Duration.ofSeconds(60))
                    .open()) {
                for (int i = 0; i < 5; i++) {
                    journal.append(allowed(
                            Channel.MCP, "tools/call", TARGETS.get(3), true, Stage.INTENT, AuditResult.pending()));
                }
            }
        }
        List<String> damage = new ArrayList<>();
        try (Stream<AuditEvent> events = new JournalReader(folder, damage::add).events()) {
            List<AuditEvent> all = new ArrayList<>(events.toList());
            all.add(SampleEvents.fault());
            all.add(SampleEvents.self(11, "checkpoint", Map.of("/origin", "mcp-guard/orders", "/signature", "AAAA")));
            all.add(SampleEvents.unrecorded());
            all.add(SampleEvents.repeated());
            return all;
        }
    }

    private static AuditEvent allowed(
            Channel channel, String method, AuditTarget target, boolean full, Stage stage, AuditResult result) {
        String rule = target.operationId().equals("list_endpoints") ? "discovery" : "grant:orders";
        AuditVerdict verdict = new AuditVerdict(
                true, "allowed", rule, full ? Optional.of(new AuditLimit("minute", 20, 3, 0)) : Optional.empty());
        return event(channel, method, target, full, stage, verdict, result);
    }

    private static AuditEvent refused(
            Channel channel,
            String method,
            AuditTarget target,
            boolean full,
            Reason reason,
            Stage stage,
            boolean allowed) {
        AuditVerdict verdict = new AuditVerdict(
                allowed,
                reason.code(),
                "cause",
                reason == Reason.LIMIT_REACHED ? Optional.of(new AuditLimit("minute", 20, 0, 700)) : Optional.empty());
        AuditResult status = AuditResult.ofStatus(reason.httpStatus(), Duration.ofMillis(3));
        return event(channel, method, target, full, stage, verdict, full ? status.withRpcCode(-32_602) : status);
    }

    private static AuditEvent event(
            Channel channel,
            String method,
            AuditTarget target,
            boolean full,
            Stage stage,
            AuditVerdict verdict,
            AuditResult result) {
        AuditEvent sample = SampleEvents.intent();
        AuditSource source =
                full ? sample.source() : AuditSource.of(channel == Channel.MCP ? "unknown" : "fe80::1%eth0", 0);
        AuditEvent event = SampleEvents.event(
                1,
                stage,
                channel,
                method,
                target,
                full ? sample.caller() : AuditCaller.anonymous(),
                verdict,
                result,
                source,
                full ? sample.arguments() : Map.of());
        return full ? event : withoutLink(event);
    }

    private static AuditEvent withoutLink(AuditEvent event) {
        return new AuditEvent(
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
                Optional.empty());
    }

    /** The same text in every field of a record of that stage and door. */
    static AuditEvent filled(String text, String other, Stage stage, Channel channel) {
        return new AuditEvent(
                SampleEvents.intent().id(),
                SampleEvents.intent().callId(),
                stage,
                Instant.parse("2026-11-22T14:00:00.123456Z"),
                channel,
                text,
                new AuditTarget(text, other),
                new AuditCaller(other, text, other, Optional.of(text), Optional.of(other)),
                new AuditVerdict(stage != Stage.DENIED, text, other, Optional.of(new AuditLimit(text, 1, 0, 250))),
                new AuditResult(
                        Outcome.FAILURE,
                        OptionalInt.of(404),
                        OptionalInt.of(-32_602),
                        Optional.of(Duration.ofNanos(1_234_000)),
                        OptionalLong.of(12),
                        OptionalLong.of(3_456)),
                new AuditSource(
                        other,
                        65_535,
                        Optional.of(text),
                        Optional.of(other),
                        Optional.of(text),
                        Optional.of(other),
                        Optional.of(text)),
                Map.of(text, other, "/body/" + other, text),
                SampleEvents.intent().link());
    }
}
