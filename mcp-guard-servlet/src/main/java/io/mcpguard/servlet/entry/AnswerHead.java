package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.invocation.HttpField;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Writes status and header fields. */
final class AnswerHead {

    private AnswerHead() {}

    /** Takes the place of fields of the same name that were there before, and leaves the service's other ones alone. */
    static void write(McpResponse answer, HttpServletResponse response) {
        response.setStatus(answer.status());
        Set<String> named = new HashSet<>();
        for (HttpField field : answer.headers()) {
            if (named.add(field.name().toLowerCase(Locale.ROOT))) {
                response.setHeader(field.name(), field.value());
            } else {
                response.addHeader(field.name(), field.value());
            }
        }
        if (answer.stream().isEmpty()) {
            response.setContentLength(answer.body().length);
        }
    }
}
