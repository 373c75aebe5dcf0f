@NullMarked
package io.mcpguard.core.seal;

import org.jspecify.annotations.NullMarked;
