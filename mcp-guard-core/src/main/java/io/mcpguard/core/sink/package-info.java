/**
 * Where audit events go beside the journal, with nothing but what core has: files of lines that a log agent reads. Sinks that need
 * a client library are modules of their own.
 */
@NullMarked
package io.mcpguard.core.sink;

import org.jspecify.annotations.NullMarked;
