/**
 * The tools by which an AI client discovers and calls the service's operations: four fixed ones, or one for each operation.
 *
 * <p>Every tool shows and calls what {@link io.mcpguard.core.guard.Guard} says the caller may call, and nothing else. The tools
 * know nothing of JSON-RPC: the protocol hands them a {@link io.mcpguard.core.tool.ToolCall} and passes on the
 * {@link io.mcpguard.core.tool.ToolResult}.
 */
@NullMarked
package io.mcpguard.core.tool;

import org.jspecify.annotations.NullMarked;
