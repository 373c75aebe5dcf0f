/**
 * The MCP endpoint between HTTP and the tools: who may speak to it, which protocol revision a request is in, and the JSON-RPC
 * envelope of every answer.
 *
 * <p>A mount hands each request to {@link io.mcpguard.core.protocol.McpEndpoint} and sends back what it gets. Both eras of the
 * protocol are served on one URL: revision 2026-07-28 with its metadata in every request ("modern") and the revisions before
 * it with their handshake ("legacy"). The era is decided for each request from that request alone.
 */
@NullMarked
package io.mcpguard.core.protocol;

import org.jspecify.annotations.NullMarked;
