package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.example.orders.ServiceTest;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Channel;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.catalog.PublishedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same call by the same caller, over REST and over MCP: the service answers the same and the trail says the same.
 *
 * <p>Every operation that the service publishes, for every kind of caller. What differs between any two REST calls as well is
 * taken out before the comparison: ids and times that the service has just made up, and the ids of calls.
 */
class ParityTest extends ServiceTest {

    /** Made up anew by each call, and nothing else is. */
    private static final Set<String> MADE_UP =
            Set.of("placeOrder.id", "placeOrder.placedAt", "changeStockItem.updatedAt");

    @Autowired
    private McpGuard guard;

    @LocalServerPort
    private int port;

    @Test
    void every_operation_has_a_sample() {
        Set<String> published = guard.catalog().operations().stream()
                .map(PublishedOperation::id)
                .collect(Collectors.toSet());
        Set<String> sampled =
                Samples.all().stream().map(sample -> sample.call().operation()).collect(Collectors.toSet());

        assertThat(published).hasSize(14).isEqualTo(sampled);
    }

    @TestFactory
    Stream<DynamicTest> rest_and_mcp_are_the_same() {
        Doors doors = new Doors(port);
        Trail trail = new Trail(GUARD.journal());
        return Samples.all().stream()
                .flatMap(sample -> callers().stream()
                        .map(caller ->
                                dynamicTest(sample + ", as " + caller, () -> compare(doors, trail, sample, caller))));
    }

    private static List<Caller> callers() {
        return List.of(
                developer(),
                Caller.key("chatbot", "support-bot", GuardFolder.CHATBOT, GUARD.keyOf(GuardFolder.CHATBOT)),
                Caller.user("alice", "back-office", GuardFolder.USER),
                Caller.user("carol", "back-office", GuardFolder.ADMINISTRATOR),
                Caller.of("nobody", "back-office", GuardFolder.ADMINISTRATOR));
    }

    private static Caller developer() {
        return Caller.key("developer", "claude-assistant", GuardFolder.DEVELOPER, GUARD.keyOf(GuardFolder.DEVELOPER));
    }

    private void compare(Doors doors, Trail trail, Samples sample, Caller caller) {
        List<Reply> replies = new ArrayList<>();

        restore(sample);
        List<AuditEvent> rest = trail.during(() -> replies.add(doors.rest(sample.call(), caller, guard.catalog())));
        restore(sample);
        List<AuditEvent> mcp = trail.during(() -> replies.add(doors.mcp(sample.call(), caller)));

        Reply overRest = replies.get(0);
        Reply overMcp = replies.get(1);
        assertThat(overMcp.status()).as("status; REST said %s", overRest).isEqualTo(overRest.status());
        if (caller.name().equals("carol")) {
            assertThat(overRest.status()).as("REST said %s", overRest).isEqualTo(sample.status());
        }
        if (caller.name().equals("nobody")) {
            assertThat(overRest.status()).isEqualTo(401);
            // Nobody is known, so nobody is told by MCP what the message says; the JSON-RPC error has no problem
            // document.
            for (List<AuditEvent> records : List.of(rest, mcp)) {
                assertThat(records).extracting(AuditEvent::stage).containsExactly(Stage.DENIED);
                assertThat(records.get(0).verdict().reason()).isEqualTo("unauthenticated");
                assertThat(records.get(0).verdict().detail()).isEqualTo("no-credential");
            }
            return;
        }
        assertThat(overMcp.contentType()).isEqualTo(overRest.contentType());
        assertThat(comparable(overMcp, sample)).isEqualTo(comparable(overRest, sample));
        assertThat(rest).isNotEmpty().allMatch(event -> event.channel() == Channel.REST);
        assertThat(mcp).isNotEmpty().allMatch(event -> event.channel() == Channel.MCP);
        assertThat(mcp.stream().map(Recorded::of))
                .isEqualTo(rest.stream().map(Recorded::of).toList());
    }

    private void restore(Samples sample) {
        sample.rows().forEach(row -> database.sql(row).update());
    }

    /** The body without what the call has made up. */
    static JsonNode comparable(Reply reply, Samples sample) {
        if (!(reply.body() instanceof ObjectNode object)) {
            return reply.body();
        }
        ObjectNode copy = object.deepCopy();
        for (String name : MADE_UP) {
            if (name.startsWith(sample.call().operation() + ".")) {
                String field = name.substring(name.indexOf('.') + 1);
                if (copy.has(field)) {
                    copy.put(field, "made up");
                }
            }
        }
        if (copy.path("instance").asString("").startsWith("urn:uuid:")) {
            copy.put("instance", "the call");
        }
        return copy;
    }
}
