/**
 * The service's own JSON, as the schemas of bodies need to know it: its mapper of Jackson 3, or what its mapper of Jackson 2 is
 * set to.
 */
@NullMarked
package io.mcpguard.spring.jackson;

import org.jspecify.annotations.NullMarked;
