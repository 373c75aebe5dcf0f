package io.mcpguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditSink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing a caller sends keeps an event from being kept, or changes it. */
class HostileTextsInTablesTest {

    private final String table = TestDatabase.newTable();

    @ParameterizedTest
    @EnumSource
    void texts_of_any_characters_are_kept_found_and_read_back(EachDatabase which) {
        TestDatabase database = which.get();
        List<AuditEvent> events = new ArrayList<>();
        qt().withExamples(300)
                .withFixedSeed(7)
                .forAll(HostileTexts.upTo(40), HostileTexts.ofFew(40))
                .check((any, few) -> {
                    events.add(SomeEvents.saying(any));
                    return events.add(SomeEvents.saying(few));
                });

        try (AuditSink sink = database.sink(table)) {
            for (int from = 0; from < events.size(); from += 200) {
                sink.write(events.subList(from, Math.min(events.size(), from + 200)));
            }
        }

        assertThat(read(database, AuditQuery.everything())).isEqualTo(events);
        for (AuditEvent event : events.subList(0, 40)) {
            AuditQuery query = AuditQuery.everything()
                    .client(event.caller().clientId())
                    .argument(event.caller().clientId(), event.caller().clientId());
            assertThat(read(database, query))
                    .contains(event)
                    .isEqualTo(events.stream().filter(query).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_text_of_any_length_is_kept_found_and_read_back(EachDatabase which) {
        TestDatabase database = which.get();
        List<AuditEvent> events = Stream.of(
                        "x".repeat(100),
                        "x".repeat(256),
                        "\ud83d\ude00".repeat(200),
                        "\u0000".repeat(300),
                        "y".repeat(255) + "\ud83d\ude00",
                        "z".repeat(400),
                        "z".repeat(401),
                        "z".repeat(20_000))
                .map(SomeEvents::saying)
                .toList();
        AuditEvent boasting = SomeEvents.fromAgent("a".repeat(1 << 20));

        try (AuditSink sink = database.sink(table)) {
            sink.write(events);
            sink.write(List.of(boasting));
        }

        assertThat(read(database, AuditQuery.everything()))
                .isEqualTo(Stream.concat(events.stream(), Stream.of(boasting)).toList());
        for (AuditEvent event : events) {
            String text = event.caller().clientId();
            AuditQuery query =
                    AuditQuery.everything().client(text).operation(text).argument(text, text);
            assertThat(read(database, query)).containsExactly(event);
        }
    }

    private List<AuditEvent> read(TestDatabase database, AuditQuery query) {
        try (Stream<AuditEvent> events = new JdbcAuditReader(database.source(), table).read(query)) {
            return events.toList();
        }
    }
}
