/**
 * Re-entry on Apache Tomcat 10.1 and 11: a request made in memory and handed to the connector's own adapter.
 *
 * <p>The only package that names classes of Tomcat. Nothing outside touches it before it has made sure that they are there.
 */
@NullMarked
package io.mcpguard.servlet.tomcat;

import org.jspecify.annotations.NullMarked;
