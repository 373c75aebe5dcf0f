/**
 * The service as OAuth sees it: what it says of itself to clients that have no token yet, and how it asks for one.
 *
 * <p>A {@link io.mcpguard.core.resource.ProtectedResource} is the metadata of RFC 9728; {@link io.mcpguard.core.resource.Challenges}
 * are what a refusal says in {@code WWW-Authenticate}.
 */
@NullMarked
package io.mcpguard.core.resource;

import org.jspecify.annotations.NullMarked;
