package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;

/** How much somebody should care. */
enum Severity {
    /** As it should be. */
    INFORMATIONAL,
    /** A limit, a mistake of the caller's, an operation that failed. */
    LOW,
    /** Somebody tried what they may not do, or nobody knows how a call ended. */
    MEDIUM,
    /** The guard or its record is not whole. */
    HIGH;

    private static final String PREVIOUS_TIP = "/previous/tip";

    static Severity of(AuditEvent event) {
        return switch (EventKind.of(event)) {
            case FAULT -> HIGH;
            case LIFECYCLE -> endOfJournalIsSound(event) ? INFORMATIONAL : HIGH;
            case CHANGE -> event.verdict().allowed() ? INFORMATIONAL : LOW;
            case AUTHENTICATION -> MEDIUM;
            case CALL -> ofCall(event);
        };
    }

    /** Whether somebody should be told: an attempt beyond what is allowed, or a record that is not whole. */
    static boolean isAlert(AuditEvent event) {
        boolean beyondScope =
                EventKind.of(event) == EventKind.CALL && Disposition.of(event) == Disposition.UNAUTHORIZED;
        return beyondScope || of(event) == HIGH;
    }

    /** The severity on the scale of 1 to 10 that CEF and LEEF have. */
    int outOfTen() {
        return switch (this) {
            case INFORMATIONAL -> 1;
            case LOW -> 3;
            case MEDIUM -> 6;
            case HIGH -> 9;
        };
    }

    private static Severity ofCall(AuditEvent event) {
        Severity severity = switch (Disposition.of(event)) {
            case ALLOWED -> INFORMATIONAL;
            case FAILED, BLOCKED, REJECTED -> LOW;
            case UNAUTHORIZED -> MEDIUM;
            case UNAVAILABLE -> HIGH;
        };
        return event.stage() == Stage.ORPHANED && severity.compareTo(MEDIUM) < 0 ? MEDIUM : severity;
    }

    /** A journal that is opened says how its end was found; a new folder and a process that stopped well have nothing to say. */
    private static boolean endOfJournalIsSound(AuditEvent event) {
        String tip = event.arguments().getOrDefault(PREVIOUS_TIP, "found");
        return tip.equals("found") || tip.equals("none");
    }
}
