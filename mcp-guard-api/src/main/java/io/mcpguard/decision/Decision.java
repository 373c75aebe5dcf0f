package io.mcpguard.decision;

import java.util.Objects;

/**
 * The answer for one call.
 *
 * @since 0.1
 */
public sealed interface Decision {

    /**
     * The call may go on to the limiter.
     *
     * @param rule what opened it, such as {@code grant:orders}; for the audit trail
     * @since 0.1
     */
    record Allow(String rule) implements Decision {
        public Allow {
            Objects.requireNonNull(rule, "rule");
        }
    }

    /**
     * The call is refused.
     *
     * @param reason what the caller is told
     * @param detail the true cause as lower-case words joined by hyphens, such as {@code key-expired}; for the audit trail
     *     only
     * @since 0.1
     */
    record Deny(Reason reason, String detail) implements Decision {
        public Deny {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }

        /**
         * A refusal whose true cause is what the caller is told.
         *
         * @param reason the reason
         */
        public Deny(Reason reason) {
            this(reason, reason.code());
        }
    }
}
