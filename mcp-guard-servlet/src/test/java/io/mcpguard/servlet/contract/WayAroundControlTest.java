package io.mcpguard.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.contract.AroundInvoker.Way;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.testbed.TestContainer;
import io.mcpguard.servlet.testbed.TestService;
import io.mcpguard.servlet.testbed.TomcatServer;
import io.mcpguard.testkit.contract.OperationInvokerContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows that the contract catches every way of dispatch that goes around the service's filters. */
class WayAroundControlTest {

    /** Rules that need no patience to be broken. */
    private static final List<String> RULES = List.of(
            "whole_stack_runs",
            "answers_as_over_the_wire",
            "target_arrives",
            "headers_arrive",
            "redirect_is_not_followed",
            "body_is_cut",
            "origin_is_seen");

    private static final class Around extends ServletInvokerContract {

        private final Way way;

        Around(TestContainer container, Way way) {
            super(container);
            this.way = way;
        }

        @Override
        OperationInvoker invoker(TestService running) {
            return new AroundInvoker(running.port(), way);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_contract_catches_each_way_on_tomcat(Way way) throws ReflectiveOperationException {
        assertThat(broken(Server.TOMCAT, way, RULES))
                .contains("whole_stack_runs", "headers_arrive", "body_is_cut", "origin_is_seen");
    }

    @ParameterizedTest
    @EnumSource
    void the_contract_catches_each_way_on_jetty(Way way) throws ReflectiveOperationException {
        assertThat(broken(Server.JETTY, way, List.of("whole_stack_runs", "origin_is_seen")))
                .containsExactly("origin_is_seen", "whole_stack_runs");
    }

    @ParameterizedTest
    @EnumSource
    void the_contract_catches_each_way_on_undertow(Way way) throws ReflectiveOperationException {
        assertThat(broken(Server.UNDERTOW, way, List.of("whole_stack_runs", "origin_is_seen")))
                .containsExactly("origin_is_seen", "whole_stack_runs");
    }

    private static Set<String> broken(Server server, Way way, List<String> rules) throws ReflectiveOperationException {
        Around contract = new Around(server.container(), way);
        Set<String> broken = new TreeSet<>();
        contract.start();
        try {
            for (String name : rules) {
                Method rule = OperationInvokerContract.class.getDeclaredMethod(name);
                rule.setAccessible(true);
                try {
                    rule.invoke(contract);
                } catch (InvocationTargetException e) {
                    broken.add(name);
                }
            }
        } finally {
            contract.stop();
        }
        return broken;
    }

    @ParameterizedTest
    @EnumSource
    void forward_and_dispatch_open_to_anybody_what_both_invokers_keep_closed(Server server) {
        try (TestService service = TestService.start(
                        settings -> settings.on(server.container()).with(AroundInvoker::deploy));
                LoopbackInvoker loopback = new LoopbackInvoker(service.calls, 1);
                ReentryInvoker reentry = new ReentryInvoker(service.calls, service.reentry(), 1, 1)) {
            OperationCall anonymous = OperationCall.builder(
                            UUID.randomUUID(), "GET", "/api/admin/secret", service.origin())
                    .build();

            assertThat(status(new AroundInvoker(service.port(), Way.FORWARD), anonymous))
                    .isEqualTo(200);
            assertThat(status(new AroundInvoker(service.port(), Way.ASYNC_DISPATCH), anonymous))
                    .isEqualTo(200);
            assertThat(status(loopback, anonymous)).isEqualTo(401);
            assertThat(status(reentry, anonymous)).isEqualTo(401);
        }
    }

    @Test
    void the_rules_are_those_of_the_contract_and_hold_where_nothing_goes_around() throws ReflectiveOperationException {
        ServletInvokerContract sound = new ServletInvokerContract(new TomcatServer()) {
            @Override
            OperationInvoker invoker(TestService running) {
                var found = running.reentry();
                return new ReentryInvoker(running.calls, port -> found.at(running.port()), 2, 8);
            }
        };
        sound.start();
        try {
            for (String name : RULES) {
                Method rule = OperationInvokerContract.class.getDeclaredMethod(name);
                rule.setAccessible(true);
                assertThat(rule.invoke(sound)).as(name).isNull();
            }
        } finally {
            sound.stop();
        }
    }

    private static int status(OperationInvoker invoker, OperationCall call) {
        OperationResult result = invoker.invoke(call).toCompletableFuture().join();
        return result.status();
    }
}
