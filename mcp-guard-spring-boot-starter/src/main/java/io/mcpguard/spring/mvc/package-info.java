/**
 * Turns the controllers of a Spring MVC service into operations.
 *
 * <p>What is read is what Spring itself will do: the handler mappings say which methods exist, the argument resolvers say
 * where each argument comes from, and Jackson says which properties a body has and what they are called.
 */
@NullMarked
package io.mcpguard.spring.mvc;

import org.jspecify.annotations.NullMarked;
