package io.mcpguard.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.cli.report.Timeline.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void spans_grow_with_the_time_and_count_every_call_once() {
        Random random = new Random(3);
        for (Duration all : List.of(
                Duration.ofSeconds(100),
                Duration.ofHours(2),
                Duration.ofDays(1),
                Duration.ofDays(400),
                Duration.ofDays(900_000))) {
            Timeline timeline = new Timeline(ZoneOffset.UTC, NOON);
            for (int i = 0; i < 1_000; i++) {
                long offset = (long) (random.nextDouble() * all.toMillis());
                timeline.take(NOON.plusMillis(offset), i % 10 == 0, i % 10 == 1, 1);
            }

            List<Span> spans = timeline.spans();

            assertThat(spans).hasSizeBetween(20, Timeline.MOST_SPANS);
            assertThat(spans.stream().mapToLong(Span::calls).sum()).isEqualTo(1_000);
            assertThat(spans.stream().mapToLong(Span::denied).sum()).isEqualTo(100);
            assertThat(spans.stream().mapToLong(Span::errors).sum()).isEqualTo(100);
        }
    }

    @Test
    void a_span_holds_what_happened_in_it_also_when_the_clock_ran_back() {
        Timeline timeline = new Timeline(ZoneOffset.UTC, NOON);
        timeline.take(NOON.plusSeconds(3_600), false, false, 1);
        timeline.take(NOON, true, false, 1);
        timeline.take(NOON.plusSeconds(59), false, true, 1);

        List<Span> spans = timeline.spans();

        assertThat(timeline.seconds()).isEqualTo(60);
        assertThat(spans).hasSize(61);
        assertThat(spans.get(0)).isEqualTo(new Span(NOON, 0, 1, 1));
        assertThat(spans.get(60)).isEqualTo(new Span(NOON.plusSeconds(3_600), 1, 0, 0));
        assertThat(spans.subList(1, 60)).allMatch(span -> span.calls() == 0);
    }

    @Test
    void days_begin_at_midnight_of_the_zone() {
        Timeline timeline = new Timeline(ZoneId.of("Asia/Tokyo"), NOON);
        timeline.take(NOON, false, false, 1);
        timeline.take(NOON.plus(Duration.ofDays(100)), false, false, 1);

        assertThat(timeline.seconds()).isEqualTo(86_400);
        assertThat(timeline.spans().get(0).begin()).isEqualTo(Instant.parse("2026-11-20T15:00:00Z"));
    }

    @Test
    void nothing_has_no_spans() {
        assertThat(new Timeline(ZoneOffset.UTC, NOON).spans()).isEmpty();
    }

    @Test
    void the_scale_ends_at_an_even_number() {
        assertThat(List.of(0L, 2L, 3L, 7L, 11L, 61L, 340L))
                .map(TimelinePicture::roundUp)
                .containsExactly(2L, 2L, 4L, 10L, 20L, 100L, 400L);
    }
}
