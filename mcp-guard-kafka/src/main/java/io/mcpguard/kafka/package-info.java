/**
 * The audit trail in a topic of Kafka: {@link io.mcpguard.kafka.KafkaAuditSink} sends each event as one record, acknowledged by all
 * replicas that are in sync, in the order of its chain.
 */
@NullMarked
package io.mcpguard.kafka;

import org.jspecify.annotations.NullMarked;
