package io.mcpguard.servlet.entry;

import io.mcpguard.core.protocol.McpResponse;
import io.mcpguard.invocation.HttpField;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** Writes status and header fields. */
final class AnswerHead {

    private AnswerHead() {}

    /** Takes the place of fields of the same name that were there before, and leaves the service's other ones alone. */
    static void write(McpResponse answer, HttpServletResponse response) {
        response.setStatus(answer.status());
        List<HttpField> fields = answer.headers();
        for (int i = 0; i < fields.size(); i++) {
            HttpField field = fields.get(i);
            if (isNamed(field.name(), fields.subList(0, i))) {
                response.addHeader(field.name(), field.value());
            } else {
                response.setHeader(field.name(), field.value());
            }
        }
        if (answer.stream().isEmpty()) {
            response.setContentLength(answer.body().length);
        }
    }

    private static boolean isNamed(String name, List<HttpField> before) {
        for (HttpField field : before) {
            if (field.isNamed(name)) {
                return true;
            }
        }
        return false;
    }
}
