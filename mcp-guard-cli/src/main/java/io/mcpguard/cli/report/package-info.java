/**
 * What an audit trail says of a time as a whole: how often which client called which operation, what was refused and why, what failed and
 * how long it took; as text, as JSON, and as a page.
 */
@NullMarked
package io.mcpguard.cli.report;

import org.jspecify.annotations.NullMarked;
