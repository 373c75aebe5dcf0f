/**
 * Tools, prompts and resources written for the official MCP Java SDK, behind the guard without change: each call passes the
 * profile, its limits and the audit trail, and the SDK's server is not needed.
 *
 * <p>A handler gets a real exchange of the SDK over a session of one call. Messages for the client's log and its progress reach
 * the client; requests to the client do not, since the guard answers every request on its own and keeps no connection.
 */
@NullMarked
package io.mcpguard.sdk;

import org.jspecify.annotations.NullMarked;
