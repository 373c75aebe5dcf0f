package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecordFilterTest {

    private static final AuditQuery ALL = AuditQuery.everything();

    private final Events events = new Events();
    private final String record = text(events.outcome(events.intent()));

    @Test
    void lets_through_every_record_that_answers() {
        AtomicInteger answered = new AtomicInteger();
        qt().withExamples(3_000).forAll(longs().all()).checkAssert(seed -> {
            RandomEvents random = new RandomEvents(seed);
            byte[] payload = AuditEventJson.payload(random.next());
            AuditEvent event = parsed(payload);
            AuditQuery query = ALL;
            for (int i = 0; i < 3; i++) {
                query = criterion(random.below(13), event, random).apply(query);
            }
            RecordFilter filter = RecordFilter.of(query);
            String text = new String(payload, ISO_8859_1);

            if (query.test(event)) {
                answered.incrementAndGet();
                assertThat(filter.mayAnswer(text)).as(text).isTrue();
                assertThat(filter.mayAnswer(RecordBounds.of(text))).as(text).isTrue();
            }
        });
        assertThat(answered.get()).isGreaterThan(1_000);
    }

    private static UnaryOperator<AuditQuery> criterion(int which, AuditEvent event, RandomEvents random) {
        return switch (which) {
            case 0 -> query -> query.from(moved(event.time(), -random.below(2)));
            case 1 -> query -> query.to(moved(event.time(), random.below(2)));
            case 2 -> query -> query.client(event.caller().clientId());
            case 3 -> query -> query.profile(event.caller().profileId());
            case 4 -> query -> query.operation(event.target().operationId());
            case 5 -> query -> query.principal(event.caller().principal().orElse("claude"));
            case 6 -> query -> query.allowed(event.verdict().allowed());
            case 7 -> query -> query.stage(event.stage());
            case 8 -> query -> query.channel(event.channel());
            case 9 -> query -> query.call(event.callId());
            case 10 -> query -> query.status(-40, 600);
            case 11 ->
                query -> {
                    AuditQuery with = query;
                    for (Map.Entry<String, String> argument : event.arguments().entrySet()) {
                        with = with.argument(argument.getKey(), argument.getValue());
                    }
                    return with;
                };
            default ->
                query -> query.text(random.one(new String[] {
                    "KELVIN K", "i", "claude", "clientid", "\\", event.source().address(), "half"
                }));
        };
    }

    private static Instant moved(Instant time, int by) {
        return time.equals(Instant.MAX) || time.isAfter(Instant.MAX.minusSeconds(20))
                ? time
                : time.plus(Duration.ofNanos(by));
    }

    @Test
    void keeps_back_what_cannot_answer() {
        assertThat(RecordFilter.of(ALL).mayAnswer(record)).isTrue();
        keepsBack(ALL.from(events.clock.instant().plusMillis(1)));
        keepsBack(ALL.to(events.clock.instant().minusMillis(1)));
        keepsBack(ALL.client("other"));
        keepsBack(ALL.profile("claude"));
        keepsBack(ALL.operation("claude"));
        keepsBack(ALL.principal("claude"));
        keepsBack(ALL.allowed(false));
        keepsBack(ALL.stage(Stage.INTENT));
        keepsBack(ALL.channel(Channel.REST));
        keepsBack(ALL.call(new UUID(1, 2)));
        keepsBack(ALL.argument("/path/orderId", "clear"));
        keepsBack(ALL.text("nowhere"));
        assertThat(RecordFilter.of(ALL.status(200, 299)).mayAnswer(text(events.intent())))
                .isFalse();
    }

    private void keepsBack(AuditQuery query) {
        assertThat(RecordFilter.of(query).mayAnswer(record)).isFalse();
    }

    @Test
    void bounds_keep_back_other_times_and_calls() {
        RecordBounds bounds = RecordBounds.of(record);
        AuditEvent later = events.denied();
        Instant now = events.clock.instant();

        assertThat(RecordFilter.of(ALL.from(now.plusMillis(1))).mayAnswer(bounds))
                .isFalse();
        assertThat(RecordFilter.of(ALL.to(now.minusMillis(1))).mayAnswer(bounds))
                .isFalse();
        assertThat(RecordFilter.of(ALL.call(new UUID(later.callId().getMostSignificantBits() + 1, 0)))
                        .mayAnswer(bounds))
                .isFalse();
        assertThat(RecordFilter.of(ALL.from(now).to(now.plusMillis(1))).mayAnswer(bounds))
                .isTrue();
        assertThat(RecordFilter.of(ALL.from(Instant.MIN).to(Instant.MAX)).mayAnswer(bounds))
                .isTrue();
    }

    @Test
    void a_record_without_a_readable_time_is_in_any_bounds() {
        RecordBounds bounds = RecordBounds.of(record.replace("\"time\":\"2", "\"time\":\"x"));

        assertThat(RecordFilter.of(ALL.from(Instant.MAX)).mayAnswer(bounds)).isTrue();
        assertThat(RecordFilter.of(ALL.to(Instant.MIN)).mayAnswer(bounds)).isTrue();
        assertThat(record.toLowerCase(Locale.ROOT)).contains("\"time\":\"2");
    }

    private static String text(AuditEvent event) {
        return new String(AuditEventJson.payload(event), ISO_8859_1);
    }

    private static AuditEvent parsed(byte[] payload) {
        try {
            return AuditEventReading.parsed(payload);
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
    }
}
