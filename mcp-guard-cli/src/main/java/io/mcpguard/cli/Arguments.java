package io.mcpguard.cli;

import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.profile.ProfileId;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads what was written on the command line, and says what to write instead. */
final class Arguments {

    private Arguments() {}

    static Duration span(String text, String option, CommandLine line) {
        try {
            Duration span = Duration.parse(text);
            if (!span.isNegative()) {
                return span;
            }
        } catch (DateTimeParseException e) {
            // Falls through to the sentence below.
        }
        throw new ParameterException(
                line, "'" + text + "' is no span of time for " + option + ". Write P90D or PT24H.");
    }

    static ProfileId profile(String text, CommandLine line) {
        try {
            return new ProfileId(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, "'" + text + "' is no id of a profile. Run: mcp-guard profile list", e);
        }
    }

    /** Takes a whole key too, since that is what people have at hand, and never repeats it. */
    static String keyId(String text, CommandLine line) {
        String id = text.matches("mcpg_(live|test)_[0-9A-Za-z]{8}_.*") ? text.substring(10, 18) : text;
        try {
            return ApiKeyRecord.checkId(id);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    line, "That is no id of a key: it has 8 letters and digits. Run: mcp-guard key list", e);
        }
    }
}
