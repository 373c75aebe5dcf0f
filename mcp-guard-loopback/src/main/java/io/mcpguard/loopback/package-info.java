/**
 * The invoker that works on every server: a real HTTP request to the service's own port, without a blocked thread.
 */
@NullMarked
package io.mcpguard.loopback;

import org.jspecify.annotations.NullMarked;
