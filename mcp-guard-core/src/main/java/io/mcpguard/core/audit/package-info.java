/**
 * The audit trail as it is kept on this machine: the journal that every call passes, and how it is read, queried, verified and
 * handed on to sinks. docs/audit-journal.md describes the files.
 */
@NullMarked
package io.mcpguard.core.audit;

import org.jspecify.annotations.NullMarked;
