/**
 * What every mount's doors do alike: the headers by which callers present themselves, and a REST request from the first filter
 * to the end of its answer.
 *
 * <p>A mount shows a request as a {@link io.mcpguard.core.door.RestRequest}, and tells a
 * {@link io.mcpguard.core.door.RestCall} before its answer leaves.
 */
@NullMarked
package io.mcpguard.core.door;

import org.jspecify.annotations.NullMarked;
