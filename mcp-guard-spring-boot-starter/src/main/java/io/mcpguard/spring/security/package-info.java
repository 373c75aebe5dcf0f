/**
 * The guard inside Spring Security, which stays the authority: what it authenticated is who calls, and whom a guard-issued key
 * proved it judges like anybody else.
 */
@NullMarked
package io.mcpguard.spring.security;

import org.jspecify.annotations.NullMarked;
