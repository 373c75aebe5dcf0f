package io.mcpguard.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.servlet.testbed.TomcatServer;
import io.mcpguard.testkit.contract.OperationInvokerContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Shows that the contract catches a way of dispatch that goes around the service's filters. */
class ForwardControlTest {

    private static final class Forwarded extends ServletInvokerContract {
        Forwarded() {
            super(new TomcatServer());
        }

        @Override
        OperationInvoker invoker(TestService running) {
            return new ForwardInvoker(running.port());
        }
    }

    @Test
    void the_contract_catches_a_forward() throws ReflectiveOperationException {
        Set<String> broken = new TreeSet<>();
        for (Method rule : OperationInvokerContract.class.getDeclaredMethods()) {
            if (rule.isAnnotationPresent(Test.class)) {
                Forwarded contract = new Forwarded();
                contract.start();
                try {
                    rule.setAccessible(true);
                    rule.invoke(contract);
                } catch (InvocationTargetException e) {
                    broken.add(rule.getName());
                } finally {
                    contract.stop();
                }
            }
        }

        assertThat(broken).contains("whole_stack_runs", "target_arrives", "origin_is_seen", "body_is_cut");
    }

    @Test
    void a_forward_opens_to_nobody_in_particular_what_both_invokers_keep_closed() {
        try (TestService service = TestService.start(settings -> settings.with(ForwardInvoker::deploy));
                LoopbackInvoker loopback = new LoopbackInvoker(service.calls, 1);
                ReentryInvoker reentry = new ReentryInvoker(service.calls, service.reentry(), 1, 1)) {
            OperationCall anonymous = OperationCall.builder(
                            UUID.randomUUID(), "GET", "/api/admin/secret", service.origin())
                    .build();

            assertThat(status(new ForwardInvoker(service.port()), anonymous)).isEqualTo(200);
            assertThat(status(loopback, anonymous)).isEqualTo(401);
            assertThat(status(reentry, anonymous)).isEqualTo(401);
        }
    }

    private static int status(OperationInvoker invoker, OperationCall call) {
        OperationResult result = invoker.invoke(call).toCompletableFuture().join();
        return result.status();
    }
}
