package io.mcpguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditQueryTest {

    private static final Instant TIME = Instant.parse("2026-01-02T14:30:00Z");
    private static final UUID CALL = new UUID(1, 2);

    private final AuditEvent event = new AuditEvent(
            new UUID(3, 4),
            CALL,
            Stage.OUTCOME,
            TIME,
            Channel.MCP,
            "tools/call",
            new AuditTarget("getOrder", "GET /orders/{orderId}"),
            new AuditCaller("claude", "reader", "1", Optional.of("svc-orders"), Optional.of("k1")),
            new AuditVerdict(true, "allowed", "grant:orders", Optional.empty()),
            AuditResult.ofStatus(404, Duration.ofMillis(3)),
            new AuditSource(
                    "192.0.2.7",
                    0,
                    Optional.of("Agent/1.0"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
            Map.of("/path/orderId", "hmac-sha256:k1:abc", "/body/note", "Rush"),
            Optional.empty());

    @Test
    void everything_is_answered_by_any_event() {
        assertThat(AuditQuery.everything().test(event)).isTrue();
    }

    @Test
    void the_first_instant_is_wanted_and_the_last_is_not() {
        AuditQuery all = AuditQuery.everything();

        assertThat(all.from(TIME).to(TIME.plusMillis(1)).test(event)).isTrue();
        assertThat(all.from(TIME.plusMillis(1)).test(event)).isFalse();
        assertThat(all.to(TIME).test(event)).isFalse();
    }

    @Test
    void each_criterion_keeps_what_has_it_and_leaves_out_what_has_not() {
        keeps(query -> query.client("claude"), query -> query.client("cursor"));
        keeps(query -> query.profile("reader"), query -> query.profile("writer"));
        keeps(query -> query.operation("getOrder"), query -> query.operation("cancelOrder"));
        keeps(query -> query.principal("svc-orders"), query -> query.principal("svc"));
        keeps(query -> query.allowed(true), query -> query.allowed(false));
        keeps(query -> query.stage(Stage.OUTCOME), query -> query.stage(Stage.INTENT));
        keeps(query -> query.channel(Channel.MCP), query -> query.channel(Channel.REST));
        keeps(query -> query.call(CALL), query -> query.call(new UUID(9, 9)));
        keeps(query -> query.status(400, 499), query -> query.status(200, 299));
        keeps(query -> query.argument("/body/note", "Rush"), query -> query.argument("/body/note", "rush"));
    }

    private void keeps(UnaryOperator<AuditQuery> matching, UnaryOperator<AuditQuery> other) {
        assertThat(matching.apply(AuditQuery.everything()).test(event)).isTrue();
        assertThat(other.apply(AuditQuery.everything()).test(event)).isFalse();
    }

    @Test
    void every_criterion_has_to_hold() {
        assertThat(AuditQuery.everything().client("claude").profile("writer").test(event))
                .isFalse();
    }

    @Test
    void a_criterion_that_is_set_again_replaces_the_first() {
        assertThat(AuditQuery.everything().client("cursor").client("claude").test(event))
                .isTrue();
    }

    @Test
    void arguments_add_up() {
        AuditQuery rush = AuditQuery.everything().argument("/body/note", "Rush");

        assertThat(rush.argument("/path/orderId", "hmac-sha256:k1:abc").test(event))
                .isTrue();
        assertThat(rush.argument("/path/orderId", "else").test(event)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "RUSH",
        "getorder",
        "/orders/",
        "claude",
        "READER",
        "svc-",
        "k1",
        "agent",
        "192.0.2",
        "grant:",
        "tools/",
        "hmac"
    })
    void a_text_is_found_anywhere_and_capitals_do_not_matter(String text) {
        assertThat(AuditQuery.everything().text(text).test(event)).isTrue();
    }

    @Test
    void a_text_that_is_nowhere_is_not_found() {
        assertThat(AuditQuery.everything().text("nowhere").test(event)).isFalse();
    }

    @Test
    void an_event_without_a_status_has_none_in_any_range() {
        AuditEvent pending = new AuditEvent(
                event.id(),
                event.callId(),
                Stage.INTENT,
                event.time(),
                event.channel(),
                event.method(),
                event.target(),
                event.caller(),
                event.verdict(),
                AuditResult.pending(),
                event.source(),
                Map.of(),
                Optional.empty());

        assertThat(AuditQuery.everything().status(0, 999).test(pending)).isFalse();
    }

    @Test
    void a_range_of_statuses_is_not_upside_down() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditQuery.everything().status(500, 400));
    }
}
