package io.mcpguard.jaxrs.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpguard.audit.AuditResult;
import io.mcpguard.audit.Stage;
import io.mcpguard.core.McpGuard;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.jaxrs.JaxrsMount;
import io.mcpguard.jaxrs.resource.JaxrsOperationSource;
import io.mcpguard.jaxrs.testbed.Calls;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.RecordingTrail;
import io.mcpguard.jaxrs.testbed.Shop;
import io.mcpguard.jaxrs.testbed.Wire.Call;
import io.mcpguard.jaxrs.testbed.Wire.Reply;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** JAX-RS on a server without servlets: both doors, their refusals and their records. */
abstract class MountContract extends Mounted {

    /** A server that cannot suspend a request can run no asynchronous resource. */
    List<Call> calls() {
        return Calls.ALL;
    }

    List<String> targets() {
        return List.of("/items/7", "/items/404", "/items/500", "/items/later", "/items/soon", "/items/who");
    }

    @Test
    void both_doors_answer_the_same_and_run_the_same() {
        for (String caller : List.of(KEY, "Bearer " + Guards.BOSS_KEY, "Bearer alice")) {
            for (Call call : calls()) {
                service.shop.items.served.clear();
                Reply rest = wire.rest(call, caller);
                List<String> ran = List.copyOf(service.shop.items.served);
                service.shop.items.served.clear();

                Reply mcp = wire.mcp(call, caller);

                assertThat(mcp).as("%s by %s", call, caller).isEqualTo(rest);
                assertThat(service.shop.items.served)
                        .as("%s by %s", call, caller)
                        .isEqualTo(ran);
                assertThat(last().stage()).as("%s by %s", call, caller).isEqualTo(Stage.OUTCOME);
                assertThat(last().result().httpStatus()).hasValue(rest.status());
            }
        }
    }

    @Test
    void a_key_is_a_principal_with_its_roles() {
        Call who = Call.of("who", "GET", "/items/who", "");

        assertThat(wire.rest(who, KEY).body()).isEqualTo("robot user=true admin=false MCP-GUARD");
        assertThat(wire.mcp(who, "Bearer " + Guards.BOSS_KEY).body()).isEqualTo("boss user=true admin=true MCP-GUARD");
        assertThat(wire.mcp(who, "Bearer alice").body()).isEqualTo("alice user=true admin=false Bearer");
        assertThat(service.trail.stages())
                .containsExactly(Stage.INTENT, Stage.OUTCOME, Stage.INTENT, Stage.OUTCOME, Stage.INTENT, Stage.OUTCOME);
    }

    @Test
    void nobody_gets_in_without_a_login_and_forged_keys_are_on_record() {
        assertThat(wire.rest("GET", "/items/7").statusCode()).isEqualTo(401);
        assertThat(service.trail.events()).isEmpty();

        assertThat(wire.rest("GET", "/items/7", "Authorization", "Bearer mcpg_test_forged")
                        .statusCode())
                .isEqualTo(401);
        assertThat(wire.execute("get", ",\"path_params\":{\"id\":7}", "Bearer mcpg_test_forged")
                        .statusCode())
                .isEqualTo(401);
        assertThat(wire.execute("get", ",\"path_params\":{\"id\":7}", "").statusCode())
                .isEqualTo(401);
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED, Stage.DENIED, Stage.DENIED);
        assertThat(service.shop.items.served).isEmpty();
    }

    @Test
    void what_is_not_open_does_not_run_by_either_door() {
        assertThat(wire.rest("GET", "/items/purge", "Authorization", KEY).statusCode())
                .isEqualTo(404);
        assertThat(wire.rest("GET", "/nothing", "Authorization", KEY).statusCode())
                .isEqualTo(404);
        assertThat(wire.rest("POST", "/mcp", "Authorization", KEY, "Mcp-Guard-Entry", "x")
                        .statusCode())
                .isEqualTo(400);
        assertThat(wire.rest("GET", "/items/7", "Mcp-Guard-Call", "0".repeat(32))
                        .statusCode())
                .isEqualTo(400);
        assertThat(wire.rest("POST", "/%6dcp", "Authorization", KEY).statusCode())
                .isEqualTo(404);
        assertThat(wire.rest("POST", "/%6dcp", "Authorization", "Bearer alice").statusCode())
                .isEqualTo(404);
        assertThat(service.shop.items.served).isEmpty();
    }

    @Test
    void a_refusal_by_the_services_own_filter_is_on_record() {
        assertThat(wire.rest("GET", "/items/7", "Authorization", "Bearer mallory", "X-Profile-ID", "people")
                        .statusCode())
                .isEqualTo(401);
        assertThat(service.trail.stages()).containsExactly(Stage.DENIED);
        assertThat(last().verdict().reason()).isEqualTo("refused-by-service");
    }

    @Test
    void a_caller_of_the_services_own_credential_is_decided_behind_its_authentication() {
        HttpResponse<String> allowed =
                wire.rest("GET", "/items/7", "Authorization", "Bearer alice", "X-Profile-ID", "people");
        HttpResponse<String> refused =
                wire.rest("GET", "/items/7", "Authorization", "Bearer alice", "X-Profile-ID", "reader");

        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME, Stage.DENIED);
        assertThat(service.shop.items.served).containsExactly("get 7");
    }

    @Test
    void rest_and_mcp_draw_on_the_same_counters() {
        String tight = "Bearer " + Guards.TIGHT_KEY;
        Call get = Call.of("get", "GET", "/items/7", ",\"path_params\":{\"id\":7}");

        assertThat(wire.rest(get, tight).status()).isEqualTo(200);
        assertThat(wire.mcp(get, tight).status()).isEqualTo(200);
        assertThat(wire.rest(get, tight).status()).isEqualTo(200);
        assertThat(wire.rest(get, tight).status()).isEqualTo(429);
        assertThat(wire.execute("get", get.arguments(), tight).body()).contains("limit-reached");
        assertThat(service.shop.items.served).hasSize(3);
    }

    @Test
    void without_an_intent_on_record_nothing_runs() {
        service.trail.refuse(Stage.INTENT);

        assertThat(wire.rest("GET", "/items/7", "Authorization", KEY).statusCode())
                .isEqualTo(503);
        assertThat(wire.rest("GET", "/items/7", "Authorization", "Bearer alice", "X-Profile-ID", "people")
                        .statusCode())
                .isEqualTo(503);
        assertThat(wire.execute("get", ",\"path_params\":{\"id\":7}", KEY).body())
                .contains("audit-unavailable");
        assertThat(service.shop.items.served).isEmpty();
    }

    @Test
    void without_an_outcome_on_record_the_answer_does_not_leave() {
        service.trail.refuse(Stage.OUTCOME);

        for (String target : targets()) {
            HttpResponse<String> response = wire.rest("GET", target, "Authorization", KEY);

            assertThat(response.statusCode()).as(target).isEqualTo(503);
            assertThat(response.body())
                    .as(target)
                    .contains("\"code\":\"outcome-unrecorded\"")
                    .doesNotContain("item 7");
        }
        assertThat(wire.rest("DELETE", "/items/7", "Authorization", "Bearer " + Guards.BOSS_KEY)
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void nothing_of_an_answer_without_a_record_leaves() {
        HttpResponse<String> kept = wire.rest("GET", "/odd/cookie", "Authorization", KEY);
        service.trail.refuse(Stage.OUTCOME);
        HttpResponse<String> withheld = wire.rest("GET", "/odd/cookie", "Authorization", KEY);

        assertThat(kept.headers().map()).containsKeys("set-cookie", "x-taste");
        assertThat(kept.body()).isEqualTo("biscuit");
        assertThat(withheld.statusCode()).isEqualTo(503);
        assertThat(withheld.headers().map()).doesNotContainKeys("set-cookie", "x-taste");
        assertThat(withheld.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void requests_without_a_profile_are_on_record_where_all_are() {
        try (MountedShop all = new MountedShop(kind(), mount -> {
            settings(mount);
            mount.recordsAll(true);
        })) {
            assertThat(all.wire
                            .rest("GET", "/items/7", "Authorization", "Bearer alice")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(all.wire
                            .rest("GET", "/nothing", "Authorization", "Bearer alice")
                            .statusCode())
                    .isEqualTo(404);

            assertThat(all.trail.events())
                    .extracting(event -> event.result().httpStatus().orElse(0))
                    .containsExactly(200, 404);
        }
    }

    @Test
    void an_answer_that_breaks_off_is_on_record_as_a_failure() {
        String body;
        try {
            body = wire.rest("GET", "/odd/torn", "Authorization", KEY).body();
        } catch (IllegalStateException e) {
            // Whether a server tells its client that more was to come is its own affair.
            body = "";
        }

        assertThat(body).doesNotContain("secret");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED, Stage.OUTCOME);
        assertThat(last().result().outcome()).isNotEqualTo(AuditResult.Outcome.SUCCESS);
    }

    @Test
    void a_large_answer_does_not_leave_before_its_start_is_on_record() {
        assertThat(wire.rest("GET", "/items/big?bytes=200000", "Authorization", KEY)
                        .body())
                .hasSize(200_000);
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.STARTED, Stage.OUTCOME);
        assertThat(last().result().bytesOut()).hasValue(200_000);

        service.trail.refuse(Stage.STARTED);
        HttpResponse<String> refused = wire.rest("GET", "/items/big?bytes=200000", "Authorization", KEY);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"outcome-unrecorded\"");
    }

    @Test
    void a_writer_that_fails_is_a_failure_in_the_record_and_tells_nothing() {
        HttpResponse<String> response = wire.rest("GET", "/items/unwritable", "Authorization", KEY);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret");
        assertThat(service.trail.stages()).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(last().result().httpStatus()).hasValue(500);
    }

    @Test
    void a_profile_with_networks_is_of_no_use_where_addresses_are_unknown() {
        HttpResponse<String> response = wire.rest("GET", "/items/7", "Authorization", "Bearer " + Guards.LOCAL_KEY);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("network-not-allowed");
        assertThat(service.shop.items.served).isEmpty();
    }

    private MountedShop withPeers(Function<ContainerRequestContext, Optional<InetSocketAddress>> peer) {
        return new MountedShop(kind(), mount -> {
            settings(mount);
            mount.peer(peer);
        });
    }

    @Test
    void a_profile_with_networks_is_of_use_to_a_peer_in_one_of_them() {
        String local = "Bearer " + Guards.LOCAL_KEY;
        Call get = Call.of("get", "GET", "/items/7", ",\"path_params\":{\"id\":7}");
        try (MountedShop known = withPeers(Peers::of)) {
            assertThat(known.wire.rest(get, local).status()).isEqualTo(200);
            assertThat(known.wire.mcp(get, local).status()).isEqualTo(200);

            assertThat(known.shop.items.served).containsExactly("get 7", "get 7");
            assertThat(known.trail.events())
                    .hasSize(4)
                    .extracting(event -> event.source().address())
                    .containsOnly("127.0.0.1");
            assertThat(known.origins.seen())
                    .extracting(seen -> seen.origin().remoteAddress())
                    .containsOnly("127.0.0.1");
        }
    }

    @Test
    void what_a_header_claims_is_no_peer_and_one_from_elsewhere_gets_no_further() {
        InetSocketAddress afar = new InetSocketAddress("203.0.113.9", 40_000);
        try (MountedShop known = withPeers(request -> Optional.of(afar))) {
            HttpResponse<String> response = known.wire.rest(
                    "GET",
                    "/items/7",
                    "Authorization",
                    "Bearer " + Guards.LOCAL_KEY,
                    "X-Forwarded-For",
                    "127.0.0.1",
                    "Forwarded",
                    "for=127.0.0.1");

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("network-not-allowed").doesNotContain("203.0.113");
            assertThat(known.trail.stages()).containsExactly(Stage.DENIED);
            assertThat(known.trail.events().get(0).source().address()).isEqualTo("203.0.113.9");
            assertThat(known.shop.items.served).isEmpty();
        }
    }

    @Test
    void a_peer_that_cannot_be_told_is_unknown() {
        try (MountedShop failing = withPeers(request -> {
            throw new IllegalStateException("a secret of the server");
        })) {
            HttpResponse<String> refused =
                    failing.wire.rest("GET", "/items/7", "Authorization", "Bearer " + Guards.LOCAL_KEY);

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("network-not-allowed").doesNotContain("secret");
            assertThat(failing.trail.stages()).containsExactly(Stage.DENIED);
            assertThat(failing.shop.items.served).isEmpty();

            assertThat(failing.wire
                            .rest("GET", "/items/7", "Authorization", KEY)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void it_does_not_start_where_its_first_filter_is_not_reached() throws Exception {
        Shop bare = new Shop();
        JaxrsOperationSource source = JaxrsOperationSource.of(bare).build();
        bare.with(source.check());
        McpGuard guard = Guards.over(source, new RecordingTrail());
        int port = Servers.freePort();
        JaxrsMount mount = JaxrsMount.builder(guard, () -> URI.create("http://127.0.0.1:" + port))
                .build();
        try (AutoCloseable running = kind().start(bare, port)) {
            assertThat(running).isNotNull();
            assertThatThrownBy(mount::check)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("first filter is not reached");
        } finally {
            mount.close();
            guard.close();
        }
    }
}
