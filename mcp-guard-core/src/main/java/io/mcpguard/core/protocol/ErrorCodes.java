package io.mcpguard.core.protocol;

import io.mcpguard.decision.Reason;

/**
 * JSON-RPC error codes of our own, outside the range that JSON-RPC and MCP reserve (-32768 to -32000): the HTTP status times 100
 * plus a number. Listed in docs/errors.md and never changed.
 */
final class ErrorCodes {

    static final int SESSION_GONE = 40401;
    static final int METHOD_NOT_ALLOWED = 40500;
    static final int NOT_ACCEPTABLE = 40600;
    static final int UNSUPPORTED_CONTENT = 41500;

    private ErrorCodes() {}

    static int of(Reason reason) {
        return switch (reason) {
            case UNAUTHENTICATED -> 40100;
            case PROFILE_NOT_ENTITLED -> 40301;
            case PROFILE_REQUIRED -> 40302;
            case PROFILE_INACTIVE -> 40303;
            case NETWORK_NOT_ALLOWED -> 40304;
            case RULE_REFUSED -> 40305;
            case REFUSED_BY_SERVICE -> 40306;
            case ORIGIN_NOT_ALLOWED -> 40307;
            case HOST_NOT_ALLOWED -> 40308;
            case OPERATION_NOT_AVAILABLE -> 40400;
            case REQUEST_TOO_LARGE -> 41300;
            case ARGUMENTS_INVALID -> 42200;
            case LIMIT_REACHED -> 42900;
            case FLOOD -> 42901;
            case AUDIT_UNAVAILABLE -> 50300;
            case GUARD_UNAVAILABLE -> 50301;
            case SERVICE_BUSY -> 50302;
            case OUTCOME_UNRECORDED -> 50303;
            case NO_ANSWER -> 50400;
            case REQUEST_MALFORMED -> RpcError.INVALID_REQUEST;
        };
    }
}
