/**
 * The REST door: callers that present a profile pass the same guard as over MCP, with the same counters and records.
 */
@NullMarked
package io.mcpguard.servlet.rest;

import org.jspecify.annotations.NullMarked;
