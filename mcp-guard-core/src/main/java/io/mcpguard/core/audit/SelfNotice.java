package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A record in which the guard says something about itself: stage {@code NOTICE}, channel {@code SELF}.
 *
 * @param method what is said, such as {@code journal-started}
 * @param about what it is about
 * @param outcome failure when something went wrong
 * @param said the details, by names that look like JSON Pointers
 * @since 0.1
 */
public record SelfNotice(String method, AuditTarget about, Outcome outcome, Map<String, String> said) {

    /**
     * Says that something happened as it should.
     *
     * @param method what is said
     * @param about what it is about
     * @param said the details
     * @return the notice
     */
    public static SelfNotice of(String method, AuditTarget about, Map<String, String> said) {
        return new SelfNotice(method, about, Outcome.SUCCESS, said);
    }

    /**
     * Says whether a record is a notice of the guard itself. Nobody who calls the service can make one.
     *
     * @param event the record
     * @param method what it would say
     * @return whether it says that
     */
    public static boolean is(AuditEvent event, String method) {
        return event.stage() == Stage.NOTICE
                && event.channel() == Channel.SELF
                && event.method().equals(method);
    }

    /**
     * Makes the record.
     *
     * @param id its id, which is also that of its call
     * @param time when it happened
     * @return the record
     */
    public AuditEvent event(UUID id, Instant time) {
        return new AuditEvent(
                id,
                id,
                Stage.NOTICE,
                time,
                Channel.SELF,
                method,
                about,
                AuditCaller.anonymous(),
                new AuditVerdict(true, "allowed", method, Optional.empty()),
                new AuditResult(
                        outcome,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()),
                AuditSource.of("local", 0),
                said,
                Optional.empty());
    }
}
