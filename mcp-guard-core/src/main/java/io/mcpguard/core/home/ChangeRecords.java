package io.mcpguard.core.home;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditTrail;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.profile.ProfileChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts every change of profiles and keys on record, in the same trail as the calls they decide.
 *
 * @since 0.1
 */
public final class ChangeRecords implements Consumer<ProfileChange> {

    private final AuditTrail trail;
    private final Uuid7 ids;
    private final InstantSource clock;

    /**
     * Makes the recorder.
     *
     * @param trail where changes are recorded
     * @param ids names the records
     * @param clock the time
     */
    public ChangeRecords(AuditTrail trail, Uuid7 ids, InstantSource clock) {
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Records one change.
     *
     * @param change what changed
     * @throws io.mcpguard.error.AuditWriteException when it cannot be recorded; the change is in effect all the same
     */
    @Override
    public void accept(ProfileChange change) {
        Instant now = clock.instant();
        boolean taken = change.kind() != ProfileChange.Kind.EDIT_REJECTED;
        trail.append(new AuditEvent(
                ids.next(),
                ids.next(),
                Stage.NOTICE,
                now,
                Channel.ADMIN,
                change.kind().toString(),
                new AuditTarget(change.id().isEmpty() ? AuditTarget.UNKNOWN : change.id(), "profiles file"),
                new AuditCaller(
                        orAnonymous(change.clientId()),
                        orAnonymous(change.profileId()),
                        orAnonymous(change.version()),
                        Optional.empty(),
                        Optional.empty()),
                new AuditVerdict(taken, taken ? "allowed" : "configuration-invalid", change.detail(), Optional.empty()),
                AuditResult.ofStatus(taken ? 200 : 422, Duration.ZERO),
                AuditSource.of("local", 0),
                Map.of(),
                Optional.empty()));
    }

    private static String orAnonymous(String id) {
        return id.isEmpty() ? AuditCaller.ANONYMOUS : id;
    }
}
