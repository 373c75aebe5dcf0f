/**
 * Everything behind the doors of the guard. A mount hands over what arrived; the packages below identify the caller, decide,
 * reserve permits, record, invoke and answer.
 */
@NullMarked
package io.mcpguard.core;

import org.jspecify.annotations.NullMarked;
