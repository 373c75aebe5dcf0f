package io.mcpguard.core.format;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.decision.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the guard did with a request, in the few words that log services tell apart. */
enum Disposition {
    /** It was let through. */
    ALLOWED,
    /** It was let through, and nobody could answer it. */
    FAILED,
    /** A limit refused it. */
    BLOCKED,
    /** Whoever sent it may not do that. */
    UNAUTHORIZED,
    /** It is not what the protocol or the operation asks for. */
    REJECTED,
    /** A part of the guard failed, so it was refused. */
    UNAVAILABLE;

    private static final int SERVER_ERROR = 500;

    private static final Map<String, Reason> REASONS =
            Arrays.stream(Reason.values()).collect(Collectors.toUnmodifiableMap(Reason::code, Function.identity()));

    static Disposition of(AuditEvent event) {
        @Nullable Reason reason = REASONS.get(event.verdict().reason());
        if (event.stage() == Stage.PANIC) {
            return UNAVAILABLE;
        }
        if (event.verdict().allowed()) {
            boolean failed = reason != null || event.result().httpStatus().orElse(0) >= SERVER_ERROR;
            return failed ? FAILED : ALLOWED;
        }
        return reason == null ? UNAUTHORIZED : of(reason);
    }

    private static Disposition of(Reason reason) {
        return switch (reason) {
            case LIMIT_REACHED, FLOOD -> BLOCKED;
            case ARGUMENTS_INVALID, REQUEST_MALFORMED, REQUEST_TOO_LARGE -> REJECTED;
            case AUDIT_UNAVAILABLE, OUTCOME_UNRECORDED, GUARD_UNAVAILABLE, NO_ANSWER, SERVICE_BUSY -> UNAVAILABLE;
            case UNAUTHENTICATED,
                    PROFILE_NOT_ENTITLED,
                    PROFILE_REQUIRED,
                    PROFILE_INACTIVE,
                    NETWORK_NOT_ALLOWED,
                    OPERATION_NOT_AVAILABLE,
                    RULE_REFUSED,
                    ORIGIN_NOT_ALLOWED,
                    HOST_NOT_ALLOWED,
                    REFUSED_BY_SERVICE -> UNAUTHORIZED;
        };
    }
}
