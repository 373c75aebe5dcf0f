/**
 * The start-up check: re-entry is used only where requests by it are seen to be equal to requests over the wire.
 */
@NullMarked
package io.mcpguard.servlet.selfcheck;

import org.jspecify.annotations.NullMarked;
