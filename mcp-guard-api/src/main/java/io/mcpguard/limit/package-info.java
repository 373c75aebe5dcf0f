/**
 * Limits and the permits taken from them before a call runs.
 */
@NullMarked
package io.mcpguard.limit;

import org.jspecify.annotations.NullMarked;
