package io.mcpguard.benchmarks;

import io.mcpguard.audit.AuditCaller;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.AuditSource;
import io.mcpguard.audit.AuditTarget;
import io.mcpguard.audit.AuditVerdict;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.audit.AuditLevel;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Writes a large journal to ask questions of: as many records as wanted, spread evenly over some days that end now, of eight clients that
 * call twelve operations over both doors. One call in twenty is refused. Arguments: a folder, records, days.
 */
public final class JournalFill {

    private static final String[] CLIENTS = {
        "claude-assistant", "cursor", "support-chatbot", "web-shop", "mobile-app", "warehouse", "billing", "reporting"
    };
    private static final String[] OPERATIONS = {
        "getOrder",
        "findOrders",
        "placeOrder",
        "cancelOrder",
        "redirectOrder",
        "getCustomer",
        "findCustomers",
        "getProduct",
        "findProducts",
        "getStock",
        "getInvoice",
        "dailyReport"
    };

    private final Random random = new Random(5);
    private final Journal journal;
    private final Uuid7 ids;
    private final Now now;

    /** Where the simulation has got to. */
    private static final class Now implements InstantSource {
        private Instant instant;

        private Now(Instant instant) {
            this.instant = instant;
        }

        @Override
        public Instant instant() {
            return instant;
        }
    }

    private JournalFill(Journal journal, Uuid7 ids, Now now) {
        this.journal = journal;
        this.ids = ids;
        this.now = now;
    }

    /**
     * Writes the journal.
     *
     * @param arguments folder, records, days
     */
    public static void main(String[] arguments) {
        long records = Long.parseLong(arguments[1]);
        Duration span = Duration.ofDays(Long.parseLong(arguments[2]));
        Now now = new Now(InstantSource.system().instant().minus(span));
        Uuid7 ids = new Uuid7(now, new Random(7));
        try (Journal journal = Journal.builder(Path.of(arguments[0]), now, ids)
                .levels(AuditLevels.all(AuditLevel.PROCESS))
                .appendDeadline(Duration.ofMinutes(1))
                .open()) {
            new JournalFill(journal, ids, now).write(records, span.dividedBy(records));
        }
    }

    private void write(long records, Duration apart) {
        long written = 0;
        while (written < records) {
            written += call(apart);
        }
    }

    /** Writes a call and says how many records it took. */
    private int call(Duration apart) {
        UUID call = ids.next();
        int client = Math.min(random.nextInt(CLIENTS.length), random.nextInt(CLIENTS.length));
        int operation = random.nextInt(OPERATIONS.length);
        now.instant = now.instant.plus(apart);
        if (random.nextInt(20) == 0) {
            journal.append(event(call, Stage.DENIED, client, operation, answered(404)));
            return 1;
        }
        journal.append(event(call, Stage.INTENT, client, operation, AuditResult.pending()));
        now.instant = now.instant.plus(apart);
        journal.append(event(call, Stage.OUTCOME, client, operation, answered(random.nextInt(50) == 0 ? 500 : 200)));
        return 2;
    }

    private AuditResult answered(int status) {
        Duration latency = Duration.ofNanos(1_000_000 + (long) (Math.exp(random.nextGaussian()) * 8_000_000));
        return AuditResult.ofStatus(status, latency).withBytes(random.nextInt(400), random.nextInt(40_000));
    }

    private AuditEvent event(UUID call, Stage stage, int client, int operation, AuditResult result) {
        boolean allowed = stage != Stage.DENIED;
        boolean agent = client < 3;
        return new AuditEvent(
                ids.next(),
                call,
                stage,
                now.instant,
                agent ? Channel.MCP : Channel.REST,
                agent ? "tools/call" : "GET",
                new AuditTarget(OPERATIONS[operation], "GET /api/" + OPERATIONS[operation] + "/{id}"),
                new AuditCaller(
                        CLIENTS[client],
                        agent ? "developer-readonly" : "backend",
                        "3f6c1a",
                        Optional.of("svc-" + CLIENTS[client]),
                        Optional.of("mcpg_live_k" + client)),
                new AuditVerdict(
                        allowed,
                        allowed ? "allowed" : "operation-not-available",
                        allowed ? "grant:orders" : "not-granted",
                        Optional.empty()),
                result,
                new AuditSource(
                        "203.0.113." + client,
                        51000 + random.nextInt(4000),
                        Optional.of(agent ? "node" : "okhttp/5.3.0"),
                        agent ? Optional.of("claude-code/2.1.330") : Optional.empty(),
                        agent ? Optional.of("2026-07-28") : Optional.empty(),
                        agent ? Optional.of("17") : Optional.empty(),
                        Optional.empty()),
                stage == Stage.INTENT
                        ? Map.of(
                                "/path/id", "hmac-sha256:4f1d09aa:5s0iJ0hJQ0r0zv8n3o0n0w",
                                "/query/page", "hmac-sha256:4f1d09aa:0b0Cq1mT3l8r0Xv8n3oZnA")
                        : Map.of(),
                Optional.empty());
    }
}
