package io.mcpguard.audit;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a call ended.
 *
 * @param outcome success, failure, pending or unknown
 * @param httpStatus status that the operation gave, or that the refusal has
 * @param rpcCode JSON-RPC error code, when the answer was a JSON-RPC error
 * @param latency time from the arrival of the request to this record, when the call has ended
 * @param bytesIn size of the request body in bytes
 * @param bytesOut size of the operation's response body in bytes
 * @since 0.1
 */
public record AuditResult(
        Outcome outcome,
        OptionalInt httpStatus,
        OptionalInt rpcCode,
        Optional<Duration> latency,
        OptionalLong bytesIn,
        OptionalLong bytesOut) {

    /** How a call ended, in one word. */
    public enum Outcome {
        /** The operation answered with a status below 400. */
        SUCCESS,
        /** The call was refused, or the operation answered with a status of 400 or above. */
        FAILURE,
        /** The call is still running. */
        PENDING,
        /** Nobody can say: the process died, or no answer came. */
        UNKNOWN
    }

    public AuditResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(httpStatus, "httpStatus");
        Objects.requireNonNull(rpcCode, "rpcCode");
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(bytesIn, "bytesIn");
        Objects.requireNonNull(bytesOut, "bytesOut");
    }

    /**
     * The result of a call that is still running.
     *
     * @return a pending result
     */
    public static AuditResult pending() {
        return new AuditResult(
                Outcome.PENDING,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /**
     * The result that an HTTP status stands for.
     *
     * @param status HTTP status
     * @param latency time since the request arrived
     * @return success below 400, else failure
     */
    public static AuditResult ofStatus(int status, Duration latency) {
        return new AuditResult(
                status < 400 ? Outcome.SUCCESS : Outcome.FAILURE,
                OptionalInt.of(status),
                OptionalInt.empty(),
                Optional.of(latency),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /**
     * Adds the sizes of both bodies.
     *
     * @param in size of the request body in bytes
     * @param out size of the response body in bytes
     * @return a copy with the sizes
     */
    public AuditResult withBytes(long in, long out) {
        return new AuditResult(outcome, httpStatus, rpcCode, latency, OptionalLong.of(in), OptionalLong.of(out));
    }

    /**
     * Adds the code of a JSON-RPC error.
     *
     * @param code the code
     * @return a copy with the code
     */
    public AuditResult withRpcCode(int code) {
        return new AuditResult(outcome, httpStatus, OptionalInt.of(code), latency, bytesIn, bytesOut);
    }
}
