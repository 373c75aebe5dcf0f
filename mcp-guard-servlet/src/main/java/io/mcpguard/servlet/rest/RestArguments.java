package io.mcpguard.servlet.rest;

import io.mcpguard.core.catalog.PublishedOperation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/**
 * What the trail may keep of the arguments of a REST call: the same pointers as for MCP.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RestArguments {

    /**
     * Masks the arguments of a request.
     *
     * @param operation the operation it means
     * @param request the request
     * @return JSON Pointer to kept value
     */
    Map<String, String> masked(PublishedOperation operation, HttpServletRequest request);
}
