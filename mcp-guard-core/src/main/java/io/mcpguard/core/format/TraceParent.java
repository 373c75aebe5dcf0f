package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * The caller's place in its trace (W3C Trace Context): {@code 00-<32 digits>-<16 digits>-<2 digits>}.
 *
 * @param traceId the trace
 * @param parentId the caller's span
 */
record TraceParent(String traceId, String parentId) {

    private static final int LENGTH = 55;

    static @Nullable TraceParent of(AuditEvent event) {
        String text = event.source().traceparent().orElse("");
        if (text.length() != LENGTH) {
            return null;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean hyphen = i == 2 || i == 35 || i == 52;
            boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (hyphen ? c != '-' : !digit) {
                return null;
            }
        }
        return new TraceParent(text.substring(3, 35), text.substring(36, 52));
    }
}
