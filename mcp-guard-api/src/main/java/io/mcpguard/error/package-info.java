/**
 * What the guard could not do, each with a stable code.
 */
@NullMarked
package io.mcpguard.error;

import org.jspecify.annotations.NullMarked;
