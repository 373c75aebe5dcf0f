/**
 * Audit records over OTLP, handed to the exporter directly and never to a processor that may drop them. The answer of the receiver is
 * read to its end, since it can refuse records of a batch that it has accepted.
 */
@NullMarked
package io.mcpguard.otel;

import org.jspecify.annotations.NullMarked;
