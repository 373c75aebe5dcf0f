@NullMarked
package io.mcpguard.core.protocol;

import org.jspecify.annotations.NullMarked;
