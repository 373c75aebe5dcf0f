package io.mcpguard.core.format;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.decision.Reason;
import org.jspecify.annotations.Nullable;

/** What an event is about. */
enum EventKind {
    /** Somebody called the service. */
    CALL("Call"),
    /** A credential was not accepted. */
    AUTHENTICATION("Credential refused"),
    /** An operator, or an edit, changed profiles, clients or keys, or looked something up. */
    CHANGE("Operator action"),
    /** The guard or its journal started, stopped, went on. */
    LIFECYCLE("Guard lifecycle"),
    /** Something of the guard's own failed. */
    FAULT("Guard fault");

    /** The journal could not be written for a while, and calls were refused. */
    private static final String MENDED = "journal-mended";

    /** Stands where a reason would. */
    private static final String NO_PROBLEM = "allowed";

    private static final String UNAUTHENTICATED = Reason.UNAUTHENTICATED.code();

    private final String title;

    EventKind(String title) {
        this.title = title;
    }

    static EventKind of(AuditEvent event) {
        if (event.channel() == Channel.ADMIN) {
            return CHANGE;
        }
        if (event.channel() == Channel.SELF) {
            boolean failed = event.method().equals(MENDED)
                    || !event.verdict().allowed()
                    || event.result().outcome() == Outcome.FAILURE;
            return failed ? FAULT : LIFECYCLE;
        }
        boolean unproved =
                event.stage() == Stage.DENIED && event.verdict().reason().equals(UNAUTHENTICATED);
        return unproved ? AUTHENTICATION : CALL;
    }

    /** Names the event for people, without anything that a caller sent. */
    static String title(AuditEvent event) {
        EventKind kind = of(event);
        if (kind != CALL) {
            return kind.title;
        }
        if (event.channel() == Channel.REST) {
            return "REST call";
        }
        return switch (event.method()) {
            case "tools/call" -> "MCP tool call";
            case "resources/read" -> "MCP resource read";
            case "prompts/get" -> "MCP prompt";
            default -> "MCP request";
        };
    }

    /** Whether the event is a call of a tool that is known; the name of any other one is whatever somebody sent. */
    static boolean namesTool(AuditEvent event) {
        return event.channel() == Channel.MCP
                && event.method().equals("tools/call")
                && !event.target().operationId().equals(AuditTarget.UNKNOWN);
    }

    /** The code of a refusal or a failure, or null when the event tells of neither. */
    static @Nullable String problem(AuditEvent event) {
        String reason = event.verdict().reason();
        return reason.equals(NO_PROBLEM) ? null : reason;
    }

    /** Whether it was proved who called; what stands in a profile's place otherwise is none. */
    static boolean isProved(AuditEvent event) {
        return !event.caller().profileId().equals(AuditCaller.ANONYMOUS);
    }

    /** Whether somebody made a request, whatever came of it. */
    boolean isRequest() {
        return this == CALL || this == AUTHENTICATION;
    }
}
