package io.mcpguard.testkit.contract;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.credential.Principal;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision;
import io.mcpguard.decision.DecisionRule;
import io.mcpguard.decision.Reason;
import io.mcpguard.profile.Client;
import io.mcpguard.profile.ClientId;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.State;
import java.util.List;
import java.util.Set;

/** {@link DecisionRuleContract} over a rule that leaves reading alone open. */
class ReadOnlyRuleTest extends DecisionRuleContract {

    @Override
    protected DecisionRule newRule() {
        return (caller, operation) -> operation.hints().readOnly()
                ? new Decision.Allow("read-only")
                : new Decision.Deny(Reason.RULE_REFUSED, "not-read-only");
    }

    @Override
    protected List<Example> examples() {
        Caller caller = new Caller(
                new Principal("ann", Set.of(), Principal.Source.HOST, ""),
                Profile.builder(new ProfileId("p"), new Client(new ClientId("c"), "C", State.ENABLED))
                        .build());
        return List.of(
                new Example(caller, operation("listOrders", "GET"), true),
                new Example(caller, operation("placeOrder", "POST"), false));
    }

    private static Operation operation(String id, String method) {
        return Operation.builder(new OperationId(id), "orders", method, "/api/orders")
                .build();
    }
}
