package io.mcpguard.jaxrs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import io.mcpguard.jaxrs.testbed.Calls;
import io.mcpguard.jaxrs.testbed.Guards;
import io.mcpguard.jaxrs.testbed.Wire;
import io.mcpguard.jaxrs.testbed.Wire.Call;
import io.mcpguard.jaxrs.testbed.Wire.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** JAX-RS in a servlet container: what REST answers, MCP answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServletParityTest {

    private ServletShop service;
    private Wire wire;

    @BeforeAll
    void start() {
        service = new ServletShop();
        wire = service.wire;
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void both_doors_answer_the_same_and_run_the_same() {
        for (String caller : List.of("Bearer " + Guards.KEY, "Bearer " + Guards.BOSS_KEY, "Bearer alice")) {
            for (Call call : Calls.ALL) {
                service.shop.items.served.clear();
                Reply rest = wire.rest(call, caller);
                List<String> ran = List.copyOf(service.shop.items.served);
                service.shop.items.served.clear();

                Reply mcp = wire.mcp(call, caller);

                assertThat(mcp).as("%s by %s", call, caller).isEqualTo(rest);
                assertThat(service.shop.items.served)
                        .as("%s by %s", call, caller)
                        .isEqualTo(ran);
                assertThat(last().stage()).isEqualTo(Stage.OUTCOME);
                assertThat(last().result().httpStatus()).hasValue(rest.status());
            }
        }
    }

    /** Two equal failures would be parity as well. */
    @Test
    void what_should_work_works() {
        for (String operation :
                List.of("get", "list-items", "search", "later", "soon", "who", "read-note", "reprice")) {
            Call call = Calls.ALL.stream()
                    .filter(each -> each.operation().equals(operation))
                    .findFirst()
                    .orElseThrow();

            assertThat(wire.rest(call, "Bearer " + Guards.KEY).status())
                    .as(operation)
                    .isEqualTo(200);
            assertThat(wire.mcp(call, "Bearer " + Guards.KEY).status())
                    .as(operation)
                    .isEqualTo(200);
        }
    }

    @Test
    void the_service_decides_by_role_whatever_the_profile_opens() {
        Call delete = Call.of("delete", "DELETE", "/items/7", ",\"path_params\":{\"id\":7}");

        assertThat(wire.mcp(delete, "Bearer " + Guards.KEY).status()).isEqualTo(403);
        assertThat(wire.mcp(delete, "Bearer alice").status()).isEqualTo(403);
        assertThat(service.shop.items.served).doesNotContain("delete 7");
        assertThat(wire.mcp(delete, "Bearer " + Guards.BOSS_KEY).status()).isEqualTo(204);
    }

    @Test
    void a_key_is_a_principal_with_its_roles_to_jax_rs() {
        Call who = Call.of("who", "GET", "/items/who", "");

        assertThat(wire.rest(who, "Bearer " + Guards.KEY).body()).isEqualTo("robot user=true admin=false MCP-GUARD");
        assertThat(wire.mcp(who, "Bearer " + Guards.BOSS_KEY).body()).isEqualTo("boss user=true admin=true MCP-GUARD");
        assertThat(wire.mcp(who, "Bearer alice").body()).startsWith("alice user=true admin=false");
    }

    @Test
    void nobody_gets_in_without_a_login_by_either_door() {
        int records = service.trail.events().size();

        assertThat(wire.rest("GET", "/items/7").statusCode()).isEqualTo(401);
        assertThat(wire.execute("get", ",\"path_params\":{\"id\":7}", "").statusCode())
                .isEqualTo(401);
        assertThat(wire.execute("get", ",\"path_params\":{\"id\":7}", "Bearer mcpg_test_forged")
                        .statusCode())
                .isEqualTo(401);
        assertThat(service.trail
                        .events()
                        .subList(records, service.trail.events().size()))
                .extracting(AuditEvent::stage)
                .containsOnly(Stage.DENIED)
                .hasSize(2);
    }

    @Test
    void what_nobody_published_does_not_run_in_the_name_of_a_neighbor() {
        service.shop.items.served.clear();

        int rest = wire.rest("GET", "/items/purge", "Authorization", "Bearer " + Guards.KEY)
                .statusCode();
        String mcp = wire.execute("get", ",\"path_params\":{\"id\":\"purge\"}", "Bearer " + Guards.KEY)
                .body();

        assertThat(rest).isEqualTo(404);
        assertThat(mcp).contains("\"isError\":true");
        assertThat(service.shop.items.served).isEmpty();
        assertThat(wire.rest("GET", "/items/purge", "Authorization", "Bearer alice")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void invalid_arguments_do_not_reach_the_service_over_mcp_and_are_refused_by_it_over_rest() {
        service.shop.items.served.clear();
        Call bad = Call.of("create", "POST", "/items", ",\"body\":{\"name\":\"\",\"price\":-1}")
                .body("application/json", "{\"name\":\"\",\"price\":-1}");

        assertThat(wire.rest(bad, "Bearer " + Guards.KEY).status()).isEqualTo(400);
        assertThat(wire.execute(bad.operation(), bad.arguments(), "Bearer " + Guards.KEY)
                        .body())
                .contains("/body/name", "/body/price");
        assertThat(service.shop.items.served).isEmpty();
    }

    private AuditEvent last() {
        List<AuditEvent> events = service.trail.events();
        return events.get(events.size() - 1);
    }
}
