/**
 * The guard in a Spring Boot service: annotated controllers become operations and Spring Security stays the authority.
 */
@NullMarked
package io.mcpguard.spring;

import org.jspecify.annotations.NullMarked;
