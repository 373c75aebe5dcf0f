/**
 * Metrics of the guard for Micrometer, in services that have it: calls, refusals and limits as the audit trail sees them, and how
 * the journal and its sinks are doing. docs/audit-metrics.md lists them.
 */
@NullMarked
package io.mcpguard.spring.measure;

import org.jspecify.annotations.NullMarked;
