/**
 * Signed checkpoints of the audit journal: who holds one knows every record before it, and a copy kept elsewhere proves that
 * none of them was changed or taken away since. Made in the background, verified offline. docs/audit-journal.md describes the
 * format and what it proves.
 */
@NullMarked
package io.mcpguard.core.checkpoint;

import org.jspecify.annotations.NullMarked;
