/**
 * The one test that a team adds to its service: every operation that its callers may use gives the same answer, takes the same
 * permits and leaves the same records over REST and over MCP.
 *
 * <p>{@link io.mcpguard.testkit.parity.ParityTest} is what a test extends, {@link io.mcpguard.testkit.parity.Parity} what it
 * says about the service.
 */
@NullMarked
package io.mcpguard.testkit.parity;

import org.jspecify.annotations.NullMarked;
