/**
 * The record of every call, allowed or refused, over MCP and REST alike.
 */
@NullMarked
package io.mcpguard.audit;

import org.jspecify.annotations.NullMarked;
