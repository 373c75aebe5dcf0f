@NullMarked
package io.mcpguard.core.json;

import org.jspecify.annotations.NullMarked;
