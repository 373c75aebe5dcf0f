package io.mcpguard.otel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static byte[] rejecting(long count, String message) {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(
                        9,
                        UnknownFieldSet.Field.newBuilder()
                                .addFixed32(1)
                                .addFixed64(2)
                                .addVarint(3)
                                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                .build())
                .build();
        return ExportLogsServiceResponse.newBuilder()
                .setUnknownFields(later)
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setUnknownFields(later)
                        .setRejectedLogRecords(count)
                        .setErrorMessage(message))
                .build()
                .toByteArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 127, 128, 512, Long.MAX_VALUE})
    void rejected_records_are_counted_among_fields_of_later_versions(long count) {
        assertThat(Answer.refused(rejecting(count, "why"))).contains("it rejected " + count + " records: why");
    }

    @Test
    void nothing_rejected_is_a_success() {
        assertThat(Answer.refused(rejecting(0, "a warning"))).isEmpty();
        assertThat(Answer.refused(new byte[0])).isEmpty();
    }

    @Test
    void an_answer_that_breaks_off_is_none() {
        byte[] whole = rejecting(0, "a warning");

        for (int length : new int[] {1, 2, 3, whole.length - 1}) {
            assertThat(Answer.refused(Arrays.copyOf(whole, length))).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OK", "<html>", "true", "\u0000\u0000", "\u0000", "\n\u00ff\u00ff\u00ff\u00ff\u00ff"})
    void something_else_is_no_answer(String body) {
        assertThat(Answer.refused(body.getBytes(ISO_8859_1))).isPresent();
    }

    @Test
    void an_answer_in_json_is_understood() {
        assertThat(Answer.refused("{}".getBytes(UTF_8))).isEmpty();
        assertThat(Answer.refused("{\"partialSuccess\":{\"rejectedLogRecords\":\"0\"}}".getBytes(UTF_8)))
                .isEmpty();
        assertThat(Answer.refused("{\"partialSuccess\":{\"rejectedLogRecords\": \"3\"}}".getBytes(UTF_8)))
                .hasValueSatisfying(why -> assertThat(why).contains("rejected 3"));
    }

    @Test
    void what_a_receiver_says_is_shown_without_what_moves_a_terminal_and_not_for_ever() {
        assertThat(Answer.refused(rejecting(2, "\u001b[2J\n" + "x".repeat(1_000))))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("?[2J?xxx").endsWith("x...").hasSizeLessThan(300));
    }
}
