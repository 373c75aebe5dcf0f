package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.ServiceTest;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.limit.Limiter;
import io.mcpguard.testkit.LimitMeter;
import io.mcpguard.testkit.parity.Parity;
import io.mcpguard.testkit.parity.ParityCall;
import io.mcpguard.testkit.parity.ParityCaller;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The one test that a service adds: each operation by each kind of caller gives the same answer, takes the same permits and
 * leaves the same records over REST and over MCP.
 */
class ParityTest extends ServiceTest {

    @Autowired
    private McpGuard guard;

    @Autowired
    private Limiter limiter;

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicNode> rest_and_mcp_are_the_same() {
        Parity parity = Parity.of(URI.create("http://127.0.0.1:" + port))
                .trail(new Trail(GUARD.journal())::all)
                .limits((LimitMeter) limiter)
                .reset(this::restore);
        Samples.MADE_UP.forEach(
                (operation, fields) -> fields.forEach(field -> parity.ignoring(operation, "/" + field)));
        callers().forEach(caller -> parity.caller(parityCaller(caller)));
        Samples.all().forEach(sample -> parity.call(parityCall(sample)));
        return parity.tests();
    }

    @Test
    void every_operation_has_a_sample() {
        Set<String> published = guard.catalog().operations().stream()
                .map(PublishedOperation::id)
                .collect(Collectors.toSet());
        Set<String> sampled =
                Samples.all().stream().map(sample -> sample.call().operation()).collect(Collectors.toSet());

        assertThat(published).hasSize(14).isEqualTo(sampled);
    }

    /** Two answers could be the same and both be wrong. */
    @TestFactory
    Stream<DynamicTest> samples_show_what_they_are_named_for() {
        Doors doors = new Doors(port);
        return Samples.all().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> {
                    restore(sample.call().operation());

                    Reply reply = doors.rest(sample.call(), administrator(), guard.catalog());

                    assertThat(reply.status()).as("%s", reply).isEqualTo(sample.status());
                }));
    }

    private static List<Caller> callers() {
        return List.of(
                Caller.key("developer", "claude-assistant", GuardFolder.DEVELOPER, GUARD.keyOf(GuardFolder.DEVELOPER)),
                Caller.key("chatbot", "support-bot", GuardFolder.CHATBOT, GUARD.keyOf(GuardFolder.CHATBOT)),
                Caller.user("alice", "back-office", GuardFolder.USER),
                administrator(),
                Caller.of("nobody", "back-office", GuardFolder.ADMINISTRATOR));
    }

    private static Caller administrator() {
        return Caller.user("carol", "back-office", GuardFolder.ADMINISTRATOR);
    }

    private static ParityCaller parityCaller(Caller caller) {
        return new ParityCaller(caller.name(), caller.headers(), caller.headers());
    }

    private static ParityCall parityCall(Samples sample) {
        Call call = sample.call();
        ParityCall parity = ParityCall.of(call.operation()).named(sample.name());
        for (Map.Entry<String, Object> value : call.path().entrySet()) {
            parity = parity.path(value.getKey(), value.getValue());
        }
        for (Map.Entry<String, Object> value : call.query().entrySet()) {
            parity = parity.query(value.getKey(), value.getValue());
        }
        for (Map.Entry<String, Object> value : call.headers().entrySet()) {
            parity = parity.header(value.getKey(), value.getValue());
        }
        return call.body() == null ? parity : parity.body(call.body());
    }

    private void restore(String operation) {
        Samples.all().stream()
                .filter(sample -> sample.call().operation().equals(operation))
                .flatMap(sample -> sample.rows().stream())
                .forEach(row -> database.sql(row).update());
    }
}
