/**
 * What the audit trail keeps of the values that a caller passes: names that the service knows and keyed hashes of values,
 * unless a rule says otherwise. docs/audit-journal.md describes the result.
 */
@NullMarked
package io.mcpguard.core.mask;

import org.jspecify.annotations.NullMarked;
