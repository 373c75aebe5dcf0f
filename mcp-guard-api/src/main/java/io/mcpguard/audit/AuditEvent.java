package io.mcpguard.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * One record of the audit trail: the same shape for MCP, REST and administration.
 *
 * @param id unique over all nodes, a UUID of version 7; stays the same when a sink is given the event again
 * @param callId the same for all records of one call
 * @param stage where in the life of the call this record stands
 * @param time when it happened, in microseconds at most
 * @param channel the door the call came in by
 * @param method protocol method ({@code tools/call}), HTTP method, or the command of an operator
 * @param target what was called
 * @param caller who called
 * @param verdict what the guard decided
 * @param result how the call ended
 * @param source where the request came from
 * @param arguments JSON Pointer of each argument and what may be kept of its value: the value, a masked or keyed-hash form
 * @param link place in the hash chain; empty until the journal has taken the record
 * @since 0.1
 */
public record AuditEvent(
        UUID id,
        UUID callId,
        Stage stage,
        Instant time,
        Channel channel,
        String method,
        AuditTarget target,
        AuditCaller caller,
        AuditVerdict verdict,
        AuditResult result,
        AuditSource source,
        Map<String, String> arguments,
        Optional<ChainLink> link) {

    public AuditEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(source, "source");
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        Objects.requireNonNull(link, "link");
    }

    /**
     * Adds the place in the hash chain.
     *
     * @param place where the journal has put the record
     * @return a copy with the link
     */
    public AuditEvent withLink(ChainLink place) {
        return new AuditEvent(
                id,
                callId,
                stage,
                time,
                channel,
                method,
                target,
                caller,
                verdict,
                result,
                source,
                arguments,
                Optional.of(place));
    }
}
