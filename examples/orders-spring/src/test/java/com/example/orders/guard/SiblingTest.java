package com.example.orders.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.ServiceTest;
import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.Stage;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A value of a path variable that is the name of an endpoint which nobody published does not reach that endpoint. */
class SiblingTest extends ServiceTest {

    @Autowired
    private Arrivals arrivals;

    @LocalServerPort
    private int port;

    private Doors doors;
    private Caller developer;

    @BeforeEach
    void callers() {
        doors = new Doors(port);
        developer =
                Caller.key("developer", "claude-assistant", GuardFolder.DEVELOPER, GUARD.keyOf(GuardFolder.DEVELOPER));
    }

    @Test
    void over_mcp() {
        refused("getStockItem", () -> doors.mcp(Call.of("getStockItem").path("sku", "ADM-0001"), developer));
    }

    @Test
    void over_rest() {
        Call item = Call.of("getStockItem").path("sku", "ADM-0001");
        Call order = Call.of("getOrder").path("orderId", "margins");

        refused("getStockItem", () -> doors.rest(item, developer, "GET", "/api/inventory/{sku}"));
        refused("getOrder", () -> doors.rest(order, developer, "GET", "/api/orders/{orderId}"));
    }

    @Test
    void over_rest_with_a_user_s_own_password() {
        Caller carol = Caller.user("carol", "back-office", GuardFolder.ADMINISTRATOR);
        Call order = Call.of("getOrder").path("orderId", "margins");

        refused("getOrder", () -> doors.rest(order, carol, "GET", "/api/orders/{orderId}"));
    }

    /** Whoever comes without a profile is the service's own affair. */
    @Test
    void the_service_s_own_users_reach_it_as_ever() {
        get(alice(), "/api/orders/margins").expectStatus().isOk();
    }

    private void refused(String operation, Supplier<Reply> request) {
        int before = arrivals.count();
        Reply[] reply = new Reply[1];

        List<AuditEvent> records = new Trail(GUARD.journal()).during(() -> reply[0] = request.get());

        assertThat(reply[0].status()).as("%s", reply[0]).isEqualTo(404);
        assertThat(reply[0].body().path("code").asString("")).isEqualTo("operation-not-available");
        assertThat(reply[0].body().toString()).doesNotContain("for nobody");
        assertThat(arrivals.count()).isEqualTo(before);
        assertThat(records).extracting(AuditEvent::stage).containsExactly(Stage.INTENT, Stage.OUTCOME);
        assertThat(records).allMatch(event -> event.target().operationId().equals(operation));
        assertThat(records.get(1).result().httpStatus()).hasValue(404);
    }
}
