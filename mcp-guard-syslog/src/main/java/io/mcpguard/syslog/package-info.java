/**
 * Audit records over syslog: one TLS connection, octet counting (RFC 5425), and what can be known of what the receiver has read. What
 * a message looks like is a format's; nothing but the JDK is needed.
 */
@NullMarked
package io.mcpguard.syslog;

import org.jspecify.annotations.NullMarked;
