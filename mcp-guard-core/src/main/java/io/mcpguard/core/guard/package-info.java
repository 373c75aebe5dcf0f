/**
 * The guard: identify, decide, reserve, record the intent, and after the call record the outcome and release.
 *
 * <p>Every door of the service, MCP and REST, lets a call through only by a {@link io.mcpguard.core.guard.GuardedCall} that
 * {@link io.mcpguard.core.guard.Guard} has opened. Whatever refuses here has recorded the refusal before it returns.
 */
@NullMarked
package io.mcpguard.core.guard;

import org.jspecify.annotations.NullMarked;
