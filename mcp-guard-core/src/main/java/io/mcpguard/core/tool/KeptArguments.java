package io.mcpguard.core.tool;

import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.decision.Caller;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides what the audit trail keeps of the arguments of a call.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface KeptArguments {

    /**
     * Masks the arguments.
     *
     * @param operation what is called
     * @param caller who calls
     * @param arguments an object with {@code path_params}, {@code query_params}, {@code headers} and {@code body} where
     *     given, after text that held JSON has been unwrapped
     * @return what may be kept, by JSON Pointer such as {@code /path/orderId}
     */
    Map<String, String> of(PublishedOperation operation, Caller caller, ObjectNode arguments);
}
