package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.LoggedFault;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Answers when something broke that nothing else has answered: a fixed sentence and an id by which an operator finds the cause. */
final class Unforeseen {

    private static final Logger LOG = LoggerFactory.getLogger(Unforeseen.class);

    /** What the record says, whoever the caller was. */
    static final Deny DENY = new Deny(Reason.GUARD_UNAVAILABLE, "unforeseen-failure");

    private Unforeseen() {}

    static RpcAnswer answer(@Nullable JsonNode id, int status, Throwable failure, Supplier<Refusal> record) {
        UUID callId = recorded(record);
        LOG.error(
                "Request {} failed in the guard itself; the caller was told only this id",
                callId,
                LoggedFault.of(failure));
        return RpcAnswer.error(
                id,
                status,
                RpcError.INTERNAL_ERROR,
                "The request failed inside the service. The id in data names it in the service's log.",
                JsonNodeFactory.instance.objectNode().put("instance", "urn:uuid:" + callId),
                List.of());
    }

    private static UUID recorded(Supplier<Refusal> record) {
        try {
            return record.get().callId();
        } catch (RuntimeException e) {
            LOG.error("The failure could not be recorded either", e);
            return new UUID(0, 0);
        }
    }
}
