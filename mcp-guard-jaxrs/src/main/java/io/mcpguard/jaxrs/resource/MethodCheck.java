package io.mcpguard.jaxrs.resource;

import io.mcpguard.core.guard.DecidedCall;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.decision.Reason;
import io.mcpguard.jaxrs.exchange.ProblemAnswer;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to run a method that is not the one of the operation which the guard decided on.
 *
 * <p>It runs for a method that is chosen, before the service's own authorization of it.
 */
final class MethodCheck implements DynamicFeature {

    private static final Logger LOG = LoggerFactory.getLogger(MethodCheck.class);
    private static final int BEFORE_AUTHORIZATION = Priorities.AUTHORIZATION - 1;

    private final JaxrsOperationSource operations;

    MethodCheck(JaxrsOperationSource operations) {
        this.operations = operations;
    }

    @Override
    public void configure(ResourceInfo chosen, FeatureContext context) {
        context.register(new Refusing(chosen), BEFORE_AUTHORIZATION);
    }

    /** Stands in front of one method. */
    private final class Refusing implements ContainerRequestFilter {

        private final ResourceInfo chosen;

        Refusing(ResourceInfo chosen) {
            this.chosen = chosen;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            if (request.getProperty(DecidedCall.PROPERTY) instanceof DecidedCall decided && !isMethodOf(decided)) {
                LOG.warn(
                        "Call {} of operation {} would have run another method than the operation's and was refused;"
                                + " no value of a path variable may be the name of another resource",
                        decided.callId(),
                        decided.operation().id());
                request.abortWith(ProblemAnswer.of(new Refusal(Reason.OPERATION_NOT_AVAILABLE, decided.callId())));
            }
        }

        /** Operations of other sources have methods that only those know. */
        private boolean isMethodOf(DecidedCall decided) {
            return operations
                    .methodOf(decided.operation().id())
                    .map(expected -> expected.isSame(chosen.getResourceClass(), chosen.getResourceMethod()))
                    .orElse(true);
        }
    }
}
