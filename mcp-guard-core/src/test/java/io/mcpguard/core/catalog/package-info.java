@NullMarked
package io.mcpguard.core.catalog;

import org.jspecify.annotations.NullMarked;
