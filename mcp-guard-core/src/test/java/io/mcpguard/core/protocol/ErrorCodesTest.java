package io.mcpguard.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.decision.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodesTest {

    @Test
    void codes_of_our_own_lie_outside_the_reserved_range_and_differ() {
        var own = Arrays.stream(Reason.values())
                .filter(reason -> reason != Reason.REQUEST_MALFORMED)
                .map(ErrorCodes::of)
                .toList();

        assertThat(own).doesNotHaveDuplicates().allMatch(code -> code > 0);
        assertThat(own)
                .doesNotContain(
                        ErrorCodes.METHOD_NOT_ALLOWED, ErrorCodes.NOT_ACCEPTABLE, ErrorCodes.UNSUPPORTED_CONTENT);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_is_documented_with_its_status_and_code(Reason reason) throws IOException {
        String row = "| `" + reason.code() + "` | " + reason.httpStatus() + " | " + ErrorCodes.of(reason) + " |";

        assertThat(documentation()).contains(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit-unavailable",
                "configuration-invalid",
                "operation-timeout",
                "operation-unreachable",
                "invoker-overloaded",
                "limiter-unavailable",
                "store-unavailable",
                "verifier-unavailable",
                "-32700",
                "-32600",
                "-32601",
                "-32602",
                "-32603",
                "-32020",
                "-32021",
                "-32022",
                "-32002",
                "40401",
                "40500",
                "40600",
                "41500"
            })
    void every_other_code_is_documented(String code) throws IOException {
        assertThat(documentation()).contains("| `" + code + "` |");
    }

    private static String documentation() throws IOException {
        return Files.readString(Path.of("..", "docs", "errors.md"));
    }
}
