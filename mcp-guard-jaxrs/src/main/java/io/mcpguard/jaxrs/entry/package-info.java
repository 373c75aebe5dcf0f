/**
 * The doors on a JAX-RS application whose server has no servlets: filters, an interceptor and the MCP endpoint as a resource.
 */
@NullMarked
package io.mcpguard.jaxrs.entry;

import org.jspecify.annotations.NullMarked;
