/**
 * The guard on a Servlet 6 container: it speaks HTTP at the door and re-enters the service's own stack to run an operation.
 */
@NullMarked
package io.mcpguard.servlet;

import org.jspecify.annotations.NullMarked;
