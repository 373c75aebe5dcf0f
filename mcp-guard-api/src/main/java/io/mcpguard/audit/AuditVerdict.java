package io.mcpguard.audit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the guard decided, and by what.
 *
 * @param allowed whether the call was let through
 * @param reason code of the refusal as the caller was told, or {@code allowed}
 * @param detail the true cause of a refusal or the rule that allowed, such as {@code key-expired} or {@code grant:orders}
 * @param limit the limit with the least left or the one that refused, when a limit applied
 * @param repeats how often the guard decided the same in a row, when the record stands for more than one refusal
 * @since 0.1
 */
public record AuditVerdict(
        boolean allowed, String reason, String detail, Optional<AuditLimit> limit, Optional<Repeats> repeats) {

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

    /**
     * How many equal refusals one record stands for.
     *
     * @param count the number of refusals, 2 or more
     * @param since when the first of them was; the last was at the time of the record
     * @since 0.1
     */
    public record Repeats(long count, Instant since) {
        public Repeats {
            if (count < 2) {
                throw new IllegalArgumentException("one refusal is no repetition: " + count);
            }
            Objects.requireNonNull(since, "since");
        }
    }

    public AuditVerdict {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(repeats, "repeats");
        if (allowed && repeats.isPresent()) {
            throw new IllegalArgumentException("each call that was let through has records of its own");
        }
    }

    /**
     * The verdict on one call.
     *
     * @param allowed whether the call was let through
     * @param reason code of the refusal as the caller was told, or {@code allowed}
     * @param detail the true cause of a refusal or the rule that allowed
     * @param limit the limit with the least left or the one that refused, when a limit applied
     */
    public AuditVerdict(boolean allowed, String reason, String detail, Optional<AuditLimit> limit) {
        this(allowed, reason, detail, limit, Optional.empty());
    }

    /**
     * Makes it the verdict on several calls.
     *
     * @param count how many, 2 or more
     * @param since when the first of them was refused
     * @return a copy that says so
     * @throws IllegalArgumentException when it lets calls through, or for fewer than 2
     */
    public AuditVerdict repeated(long count, Instant since) {
        return new AuditVerdict(allowed, reason, detail, limit, Optional.of(new Repeats(count, since)));
    }

    /**
     * Returns how many decisions the record stands for.
     *
     * @return 1, or more when it has {@link #repeats()}
     */
    public long count() {
        return repeats.map(Repeats::count).orElse(1L);
    }
}
