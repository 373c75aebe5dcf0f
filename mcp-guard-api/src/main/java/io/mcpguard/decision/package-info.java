/**
 * The answer for one call: allow, or deny with a reason that never changes its code.
 */
@NullMarked
package io.mcpguard.decision;

import org.jspecify.annotations.NullMarked;
