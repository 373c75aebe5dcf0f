package io.mcpguard.core.home;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts on record that somebody looked up what stands in the trail for a value. The value is not in it, nor its hash.
 *
 * <p>A running service holds its journal alone, so look-ups have one of their own in the home, which is queried and verified
 * like any other.
 *
 * @since 0.1
 */
public final class LookupRecords {

    /** Name of the folder in the home. */
    public static final String FOLDER = "audit-lookups";

    private final Path home;
    private final InstantSource clock;
    private final Uuid7 ids;

    /**
     * Makes the recorder.
     *
     * @param home the home of the service
     * @param clock the time
     * @param ids names the records
     */
    public LookupRecords(Path home, InstantSource clock, Uuid7 ids) {
        this.home = home;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Records one look-up, before its result is shown.
     *
     * @param operationId operation that takes the value, or empty
     * @param pointer JSON Pointer of the value, or empty
     * @param correlate what the value correlates by, when that is what was asked for
     * @throws io.mcpguard.error.GuardException when it cannot be recorded
     */
    public void record(String operationId, String pointer, Optional<String> correlate) {
        Map<String, String> asked = new LinkedHashMap<>();
        if (!pointer.isEmpty()) {
            asked.put("/pointer", pointer);
        }
        correlate.ifPresent(group -> asked.put("/correlate", group));
        try (Journal journal = Journal.builder(home.resolve(FOLDER), clock, ids).open()) {
            journal.append(new AuditEvent(
                    ids.next(),
                    ids.next(),
                    Stage.NOTICE,
                    clock.instant(),
                    Channel.ADMIN,
                    "value-looked-up",
                    new AuditTarget(operationId.isEmpty() ? AuditTarget.UNKNOWN : operationId, "audit values"),
                    new AuditCaller(
                            AuditCaller.ANONYMOUS,
                            AuditCaller.ANONYMOUS,
                            AuditCaller.ANONYMOUS,
                            Optional.ofNullable(System.getProperty("user.name")),
                            Optional.empty()),
                    new AuditVerdict(true, "allowed", "audit hash", Optional.empty()),
                    AuditResult.ofStatus(200, Duration.ZERO),
                    AuditSource.of("local", 0),
                    asked,
                    Optional.empty()));
        }
    }
}
