/**
 * The audit trail in two tables of H2, PostgreSQL or MariaDB: {@link io.mcpguard.jdbc.JdbcAuditSink} puts events there and
 * {@link io.mcpguard.jdbc.JdbcAuditReader} finds them again. One row is one event, with a column for everything that people ask
 * by; a row of the second table is one argument. docs/audit-jdbc.md describes both.
 */
@NullMarked
package io.mcpguard.jdbc;

import org.jspecify.annotations.NullMarked;
