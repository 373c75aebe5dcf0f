package io.mcpguard.core.audit;

import static io.mcpguard.core.audit.AuditLevel.MEMORY;
import static io.mcpguard.core.audit.AuditLevel.POWER;
import static io.mcpguard.core.audit.AuditLevel.PROCESS;
import static io.mcpguard.core.audit.AuditLevel.REMOTE;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import java.util.Objects;

/**
 * What each kind of record must have survived before the guard goes on.
 *
 * <p>A refusal never waits for the disk, since nothing was done and refusing must stay cheap. The records of operators' commands
 * are on the disk as soon as any other record has to be, and wait for no sink. What the journal says of itself is written as {@link AuditLevel#PROCESS}.
 *
 * @param mcp calls over MCP
 * @param rest calls over REST
 * @since 0.1
 */
public record AuditLevels(Calls mcp, Calls rest) {

    /**
     * The levels of one door.
     *
     * @param intent of the record before the operation runs
     * @param outcome of the records that follow, before the answer leaves
     * @since 0.1
     */
    public record Calls(AuditLevel intent, AuditLevel outcome) {

        public Calls {
            Objects.requireNonNull(intent, "intent");
            Objects.requireNonNull(outcome, "outcome");
        }

        private AuditLevel of(Stage stage) {
            return switch (stage) {
                case INTENT -> intent;
                case DENIED -> outcome == MEMORY ? MEMORY : PROCESS;
                default -> outcome;
            };
        }
    }

    public AuditLevels {
        Objects.requireNonNull(mcp, "mcp");
        Objects.requireNonNull(rest, "rest");
    }

    /**
     * The levels without a setting: the intent of a call over MCP is on the disk before the operation runs, so that the call
     * shows in the trail whatever happens afterwards; everything else survives the process.
     *
     * @return POWER and PROCESS for MCP, PROCESS for REST
     */
    public static AuditLevels standard() {
        return new AuditLevels(new Calls(POWER, PROCESS), new Calls(PROCESS, PROCESS));
    }

    /**
     * The same level for every call.
     *
     * @param level the level
     * @return the level for intents and outcomes over MCP and REST
     */
    public static AuditLevels all(AuditLevel level) {
        Calls calls = new Calls(level, level);
        return new AuditLevels(calls, calls);
    }

    AuditLevel of(AuditEvent event) {
        return switch (event.channel()) {
            case MCP -> mcp.of(event.stage());
            case REST -> rest.of(event.stage());
            case ADMIN -> needDisk() ? POWER : PROCESS;
            // What follows it cannot be undone.
            case SELF -> RemovedRecords.isOne(event) && needDisk() ? POWER : PROCESS;
        };
    }

    /** Whether any record has to be on the disk itself. */
    boolean needDisk() {
        return uses(POWER) || uses(REMOTE);
    }

    /**
     * Says whether some record has this level.
     *
     * @param level the level
     * @return whether calls over MCP or REST have it
     */
    public boolean uses(AuditLevel level) {
        return mcp.intent() == level || mcp.outcome() == level || rest.intent() == level || rest.outcome() == level;
    }
}
