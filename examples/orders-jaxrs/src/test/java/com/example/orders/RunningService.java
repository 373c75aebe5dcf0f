package com.example.orders;

import com.example.orders.security.Users;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.cli.GuardCommand;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.core.limit.WindowLimiter;
import io.mcpguard.testkit.LimitMeter;
import io.mcpguard.testkit.parity.ParityCaller;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The service on a free port, with the profiles that it ships and a key for each of those that have one. */
final class RunningService implements AutoCloseable {

    private static final String PASSWORD = "-in-tests";

    /** Only in tests: for a user with a name and password of the service's own, and for somebody who soon has to wait. */
    private static final String MORE_PROFILES = """

              - id: user-assistant
                client: back-office
                bind:
                  principals: [alice]
                grants:
                  - {product: orders, operations: ['*'], methods: [GET, POST, PUT]}
                  - {product: customers, operations: [searchCustomers, getCustomer], methods: [GET]}

              - id: three-calls
                client: support-bot
                principal: svc-three-calls
                roles: [SUPPORT]
                grants:
                  - {product: orders, operations: [getOrder], methods: [GET]}
                limits:
                  - {name: per-minute, permits: 3, per: 1m}
            """;

    private final LimitMeter meter =
            LimitMeter.over(WindowLimiter.builder(System::nanoTime).build());
    private final Path home;
    private final OrdersServer server;
    private final List<ParityCaller> callers = new ArrayList<>();

    /** Starts it; {@code roomy} profiles have limits that no test meets. */
    RunningService(Path folder, boolean roomy) throws Exception {
        home = folder.resolve("guard");
        guard("init", "--home", home.toString());
        String profiles = Files.readString(Path.of("mcp-guard", "profiles.yaml")) + MORE_PROFILES;
        Files.writeString(
                home.resolve("profiles.yaml"),
                roomy ? profiles.replaceAll("permits: [0-9]+", "permits: 1000000") : profiles);
        callers.add(keyHolder("claude-assistant", "developer-readonly"));
        callers.add(keyHolder("support-bot", "support-chatbot"));
        callers.add(keyHolder("support-bot", "three-calls"));
        callers.add(ParityCaller.basic("alice", "back-office", "user-assistant", "alice", "alice" + PASSWORD));
        callers.add(ParityCaller.basic("carol", "back-office", "admin-assistant", "carol", "carol" + PASSWORD));
        callers.add(ParityCaller.of("nobody", "back-office", "admin-assistant"));
        Path users = Files.writeString(
                folder.resolve("users"), "alice alice" + PASSWORD + " USER\ncarol carol" + PASSWORD + " ADMIN\n");
        server = new OrdersServer(new Settings(0, home, Users.read(users)), Optional.of(meter));
    }

    private ParityCaller keyHolder(String client, String profile) {
        String issued = guard(
                "key",
                "issue",
                "--home",
                home.toString(),
                "--profile",
                profile,
                "--expires",
                "P1D",
                "--format",
                "json");
        String key = new JsonMapper().readTree(issued).path("credential").asString();
        return ParityCaller.key(profile, client, profile, key);
    }

    private static String guard(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = GuardCommand.run(
                InstantSource.system(),
                new SecureRandom(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
        if (code != 0) {
            throw new IllegalStateException("mcp-guard " + List.of(arguments) + " says " + err);
        }
        return out.toString();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    OrdersServer server() {
        return server;
    }

    LimitMeter meter() {
        return meter;
    }

    List<ParityCaller> callers() {
        return callers;
    }

    ParityCaller caller(String name) {
        return callers.stream()
                .filter(caller -> caller.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Everything on record. */
    List<AuditEvent> trail() {
        List<String> damage = new ArrayList<>();
        try (Stream<AuditEvent> events = new JournalReader(home.resolve("audit"), damage::add).events()) {
            List<AuditEvent> all = events.toList();
            if (!damage.isEmpty()) {
                throw new AssertionError("the journal is damaged: " + damage);
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
