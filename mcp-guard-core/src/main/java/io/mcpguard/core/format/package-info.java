/**
 * What an audit event looks like elsewhere: OCSF, ECS, CEF, LEEF, syslog, the guard's own JSON, and the attributes of an
 * OpenTelemetry log record. Each format is a pure function of the event; what several of them need to know of an event (its
 * kind, severity, activity, disposition) is said once, in the guard's words, and translated by each.
 */
@NullMarked
package io.mcpguard.core.format;

import org.jspecify.annotations.NullMarked;
