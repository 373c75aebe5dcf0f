package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;

/** What an operator did to a client, a profile, a key or a value on record. */
enum Change {
    /** It is new. */
    CREATE,
    /** Somebody looked it up. */
    READ,
    /** It says something else, or was to. */
    UPDATE,
    /** It is not there any more. */
    DELETE,
    /** It is refused for ever. */
    DISABLE,
    /** It is refused until it is resumed. */
    SUSPEND,
    /** It is good again. */
    RESUME,
    /** Something else. */
    OTHER;

    /** The last word of the method says it: {@code credential-issued}, {@code value-looked-up}. */
    static Change of(AuditEvent event) {
        String method = event.method();
        return switch (method.substring(method.lastIndexOf('-') + 1)) {
            case "added", "issued" -> CREATE;
            case "up" -> READ;
            case "changed", "rotated", "rejected" -> UPDATE;
            case "removed" -> DELETE;
            case "revoked" -> DISABLE;
            case "suspended" -> SUSPEND;
            case "resumed" -> RESUME;
            default -> OTHER;
        };
    }

    /** The first word of the method says to what: a client, a profile, a credential; an edit is one of the whole file. */
    static String entityType(AuditEvent event) {
        String method = event.method();
        int hyphen = method.indexOf('-');
        return switch (hyphen < 0 ? method : method.substring(0, hyphen)) {
            case "client" -> "client";
            case "profile" -> "profile";
            case "credential" -> "credential";
            case "value" -> "value";
            default -> "configuration";
        };
    }
}
