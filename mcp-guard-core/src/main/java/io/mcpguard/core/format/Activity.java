package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;

/** What a call does to the service's data, as far as its operation tells. */
enum Activity {
    /** Makes something. */
    CREATE,
    /** Reads or lists. */
    READ,
    /** Changes something. */
    UPDATE,
    /** Removes something. */
    DELETE,
    /** Runs a tool of which nothing is known. */
    INVOKE;

    /** Detail of a verdict that let somebody list, search or describe. */
    private static final String DISCOVERY = "discovery";

    static Activity of(AuditEvent event) {
        String template = event.target().template();
        int space = template.indexOf(' ');
        Activity byOperation = ofVerb(space < 0 ? template : template.substring(0, space));
        if (byOperation != INVOKE) {
            return byOperation;
        }
        if (event.channel() == Channel.REST) {
            return ofVerb(event.method());
        }
        boolean runs = event.method().equals("tools/call") || event.method().equals("unknown");
        return runs && !event.verdict().detail().equals(DISCOVERY) ? INVOKE : READ;
    }

    private static Activity ofVerb(String verb) {
        return switch (verb) {
            case "GET", "HEAD", "OPTIONS", "PROMPT", "RESOURCE" -> READ;
            case "POST" -> CREATE;
            case "PUT", "PATCH" -> UPDATE;
            case "DELETE" -> DELETE;
            default -> INVOKE;
        };
    }
}
