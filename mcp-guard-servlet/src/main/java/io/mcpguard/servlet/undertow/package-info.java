/**
 * Re-entry on Undertow 2.3.
 *
 * <p>These classes name types of Undertow and XNIO and are loaded only where they are there.
 */
@NullMarked
package io.mcpguard.servlet.undertow;

import org.jspecify.annotations.NullMarked;
