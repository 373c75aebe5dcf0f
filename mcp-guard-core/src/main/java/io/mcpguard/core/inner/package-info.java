/**
 * What ties a request that the guard sends into the service to the call it belongs to.
 *
 * <p>An invoker opens a call in {@link io.mcpguard.core.inner.InnerCalls} and sends the nonce it got along; the first
 * filter of the service claims it. The tie is an object of this process: no header that a client can think of names a call.
 */
@NullMarked
package io.mcpguard.core.inner;

import org.jspecify.annotations.NullMarked;
