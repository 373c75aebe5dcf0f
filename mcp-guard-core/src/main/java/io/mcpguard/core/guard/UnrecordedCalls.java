package io.mcpguard.core.guard;

import io.mcpguard.audit.Channel;
import java.util.Objects;

/**
 * What becomes of calls while the audit trail cannot be written. The trail says how many went by unrecorded as soon as it can be
 * written again.
 *
 * @param mcp calls over MCP
 * @param rest calls over REST
 * @since 0.1
 */
public record UnrecordedCalls(Passing mcp, Passing rest) {

    /** Which calls are made although they cannot be recorded. */
    public enum Passing {
        /** None: they are refused with status 503. */
        NONE,
        /** Those that change nothing. */
        READS,
        /** All of them. */
        ALL
    }

    public UnrecordedCalls {
        Objects.requireNonNull(mcp, "mcp");
        Objects.requireNonNull(rest, "rest");
    }

    /**
     * No call without a record.
     *
     * @return what holds unless a service decides otherwise
     */
    public static UnrecordedCalls refused() {
        return new UnrecordedCalls(Passing.NONE, Passing.NONE);
    }

    boolean pass(Channel channel, boolean readOnly) {
        Passing passing = switch (channel) {
            case MCP -> mcp;
            case REST -> rest;
            case ADMIN, SELF -> Passing.NONE;
        };
        return passing == Passing.ALL || (passing == Passing.READS && readOnly);
    }
}
