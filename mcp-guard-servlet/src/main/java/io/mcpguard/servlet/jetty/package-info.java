/**
 * Re-entry on Jetty 12, with the servlets of EE 10 and EE 11 alike.
 *
 * <p>These classes name types of Jetty and are loaded only where it is there.
 */
@NullMarked
package io.mcpguard.servlet.jetty;

import org.jspecify.annotations.NullMarked;
