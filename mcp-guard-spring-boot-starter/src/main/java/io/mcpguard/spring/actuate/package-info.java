/**
 * The inventory of the guard for operators: what is published, to whom it is open, and how the guard is doing.
 */
@NullMarked
package io.mcpguard.spring.actuate;

import org.jspecify.annotations.NullMarked;
