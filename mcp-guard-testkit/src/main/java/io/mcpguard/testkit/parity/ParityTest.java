package io.mcpguard.testkit.parity;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Fails on any difference between REST and MCP: of status, body, limits or record, for each caller and each operation.
 *
 * <pre>{@code
 * class OrdersParityTest extends ParityTest {
 *     @Override
 *     protected Parity parity() {
 *         return Parity.of(URI.create("http://127.0.0.1:" + port))
 *                 .caller(ParityCaller.key("reader", "claude", "developer-readonly", key))
 *                 .trail(journal::events)
 *                 .call(ParityCall.of("getOrder").path("orderId", 7))
 *                 .ignoring("placeOrder", "/id", "/placedAt");
 *     }
 * }
 * }</pre>
 *
 * <p>A test class that extends another one already has a {@code @TestFactory} of its own that returns
 * {@link Parity#tests()}. While it runs nobody else may call the service, since their records would be taken for its own.
 *
 * @since 0.1
 */
@Execution(ExecutionMode.SAME_THREAD)
public abstract class ParityTest {

    /** For subclasses. */
    protected ParityTest() {}

    /**
     * Says where the service is, who calls and with what. The service runs when this is asked, once per run.
     *
     * @return what to compare
     */
    protected abstract Parity parity();

    @TestFactory
    Stream<DynamicNode> rest_and_mcp_are_the_same() {
        return parity().tests();
    }
}
