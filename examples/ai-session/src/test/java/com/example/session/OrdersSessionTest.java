package com.example.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.session.FakeService.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrdersSessionTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void ends_well_when_every_step_does_what_it_should() throws IOException {
        play(Fault.NONE);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "speaks MCP 2025-11-25",
                        "ok: exactly 5 calls went through within 60 s",
                        "ok: the chain is whole")
                .doesNotContain("key-1", "key-2");
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_MANY_TOOLS, the whole API takes four tools",
        "SHOWS_WHAT_IS_NOT_ALLOWED, it does not show cancelOrder",
        "CALLS_WHAT_IS_NOT_ALLOWED, refused",
        "REFUSES_BUT_CANCELS, the order is as it was",
        "OTHER_BODY_OVER_REST, gives the same status and body",
        "OTHER_ID, one complete result with the id of the request",
        "NEVER_LIMITS, went through without end",
        "LIMITS_ONE_LATE, exactly 5 calls went through within 60 s",
        "LIMITS_WITHOUT_A_WAIT, told to wait",
        "LOSES_A_RECORD, the trail holds exactly",
        "LOSES_AN_INTENT, 'has the records [OUTCOME], not [INTENT, OUTCOME]'",
        "RECORDS_A_CALL_NOBODY_MADE, the trail holds exactly",
        "TRAIL_TAMPERED_WITH, has been changed"
    })
    void fails_when_one_step_does_not(Fault fault, String complaint) {
        assertThatThrownBy(() -> play(fault)).isInstanceOf(Unexpected.class).hasMessageContaining(complaint);
    }

    private void play(Fault fault) throws IOException {
        try (FakeService service = new FakeService(fault)) {
            Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));
            new OrdersSession(service.connection(), service, InstantSource.system(), report).play();
        }
    }
}
