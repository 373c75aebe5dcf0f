package io.mcpguard.core.guard;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult.Outcome;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.Channel;
import io.mcpguard.core.audit.SelfNotice;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls that were made without a record, until the trail has been told. Safe for use by many threads. */
final class UnrecordedCount {

    static final String METHOD = "calls-unrecorded";

    private final AtomicLong mcp = new AtomicLong();
    private final AtomicLong rest = new AtomicLong();
    private final AtomicLong total = new AtomicLong();

    void add(Channel channel, long calls) {
        (channel == Channel.MCP ? mcp : rest).addAndGet(calls);
        total.addAndGet(calls);
    }

    boolean isZero() {
        return total.get() == 0;
    }

    /** What is to be told now; whoever takes it adds it again if the trail does not keep it. */
    Taken take() {
        long overMcp = mcp.getAndSet(0);
        long overRest = rest.getAndSet(0);
        total.addAndGet(-overMcp - overRest);
        return new Taken(overMcp, overRest);
    }

    /**
     * Calls that the trail is to be told of.
     *
     * @param mcp how many over MCP
     * @param rest how many over REST
     */
    record Taken(long mcp, long rest) {

        boolean isZero() {
            return mcp + rest == 0;
        }

        AuditEvent event(UUID id, Instant now) {
            return new SelfNotice(
                            METHOD,
                            new AuditTarget("guard", METHOD),
                            Outcome.FAILURE,
                            Map.of("/mcp", Long.toString(mcp), "/rest", Long.toString(rest)))
                    .event(id, now);
        }
    }
}
