@NullMarked
package io.mcpguard.cli;

import org.jspecify.annotations.NullMarked;
