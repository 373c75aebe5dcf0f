/**
 * The commands {@code mcp-guard audit}: who called what and when, and whether the record of it is whole. They only read, and
 * work while the service is running.
 */
@NullMarked
package io.mcpguard.cli.audit;

import org.jspecify.annotations.NullMarked;
