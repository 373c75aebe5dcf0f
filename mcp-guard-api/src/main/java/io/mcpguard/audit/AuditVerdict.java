package io.mcpguard.audit;

import java.util.Objects;
import java.util.Optional;

/**
 * What the guard decided, and by what.
 *
 * @param allowed whether the call was let through
 * @param reason code of the refusal as the caller was told, or {@code allowed}
 * @param detail the true cause of a refusal or the rule that allowed, such as {@code key-expired} or {@code grant:orders}
 * @param limit the limit with the least left or the one that refused, when a limit applied
 * @since 0.1
 */
public record AuditVerdict(boolean allowed, String reason, String detail, Optional<AuditLimit> limit) {

    /**
     * How the deciding limit stood.
     *
     * @param name the limit's name
     * @param permits its bound
     * @param remaining what was left after this call
     * @param retryAfterMillis the wait the caller was told, in milliseconds; 0 when it was not refused
     * @since 0.1
     */
    public record AuditLimit(String name, int permits, int remaining, long retryAfterMillis) {
        public AuditLimit {
            Objects.requireNonNull(name, "name");
        }
    }

    public AuditVerdict {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(limit, "limit");
    }
}
