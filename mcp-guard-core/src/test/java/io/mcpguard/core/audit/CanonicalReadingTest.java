package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.mcpguard.audit.AuditEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanonicalReadingTest {

    @Test
    void what_was_written_is_read_as_any_reader_of_json_reads_it() {
        qt().withExamples(2_000).forAll(longs().all()).checkAssert(seed -> {
            byte[] text = AuditEventJson.payload(new RandomEvents(seed).next());

            Optional<AuditEvent> read = CanonicalReading.event(new String(text, ISO_8859_1));

            // Numbers of 19 digits are the one thing that is written and left to the other reader.
            read.ifPresentOrElse(
                    event -> assertThat(event).isEqualTo(parsed(text).orElseThrow()),
                    () -> assertThat(new String(text, ISO_8859_1)).containsPattern("[:-]\\d{19}"));
        });
    }

    @Test
    void an_ordinary_event_is_read_here() {
        AuditEvent event = new Events().intent();

        assertThat(CanonicalReading.event(new String(AuditEventJson.payload(event), ISO_8859_1)))
                .contains(event);
    }

    @Test
    void what_was_changed_in_any_place_is_read_in_the_same_way_or_left_to_the_other_reader() {
        RandomEvents events = new RandomEvents(11);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] text = AuditEventJson.payload(events.next());
            String all = new String(text, ISO_8859_1);
            int at = events.below(text.length);
            String changed = switch (events.below(4)) {
                case 0 -> all.substring(0, at);
                case 1 -> all.substring(0, at) + all.substring(Math.min(text.length, at + 1 + events.below(3)));
                case 2 -> all.substring(0, at) + (char) events.below(256) + all.substring(at + 1);
                default -> all.substring(0, at) + all.charAt(events.below(text.length)) + all.substring(at);
            };

            Optional<AuditEvent> event = CanonicalReading.event(changed);

            if (event.isPresent()) {
                read++;
                assertThat(parsed(changed.getBytes(ISO_8859_1))).as(changed).isEqualTo(event);
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }

    private static Optional<AuditEvent> parsed(byte[] text) {
        try {
            return Optional.of(AuditEventReading.parsed(text));
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }
}
