package io.mcpguard.kafka;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What an operator is told of a failure. */
final class KafkaFailure {

    private KafkaFailure() {}

    /** The kind of failure, and what to do about it. */
    static String words(Throwable failure) {
        return failure.getClass().getSimpleName() + "; " + advice(failure);
    }

    private static String advice(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no broker acknowledged in time: look at bootstrap.servers, the network, and whether the topic is there";
        }
        if (failure instanceof UnknownTopicOrPartitionException) {
            return "make the topic";
        }
        if (failure instanceof AuthenticationException) {
            return "the brokers do not know these credentials";
        }
        if (failure instanceof AuthorizationException) {
            return "allow the user to describe the topic and to write to it";
        }
        if (failure instanceof RecordTooLargeException) {
            return "raise max.message.bytes of the topic, or max.request.size here";
        }
        if (failure instanceof NotEnoughReplicasException || failure instanceof NotEnoughReplicasAfterAppendException) {
            return "too few replicas of the topic are in sync";
        }
        if (failure instanceof InterruptException) {
            return "interrupted";
        }
        return "look at the log of the brokers";
    }
}
