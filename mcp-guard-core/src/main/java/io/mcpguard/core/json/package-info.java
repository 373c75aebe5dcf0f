/**
 * JSON as the guard takes it from strangers: one strict parse into a tree, and one way back to bytes.
 *
 * <p>The decision on a call and the call itself use the same parsed tree, so there is no second parser that could read the
 * same bytes differently.
 */
@NullMarked
package io.mcpguard.core.json;

import org.jspecify.annotations.NullMarked;
