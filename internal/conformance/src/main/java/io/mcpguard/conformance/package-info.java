/**
 * A small service whose tools, prompts and resources are those that the conformance suite of MCP asks for, behind a real
 * guard. What each of them answers is what the suite says it must.
 */
@NullMarked
package io.mcpguard.conformance;

import org.jspecify.annotations.NullMarked;
