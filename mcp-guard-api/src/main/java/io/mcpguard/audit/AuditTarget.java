package io.mcpguard.audit;

import java.util.Objects;

/**
 * What was called.
 *
 * @param operationId the operation's id, the same over REST and MCP; for a call that concerns no operation the name of the
 *     tool, else {@link #UNKNOWN}
 * @param template HTTP method and path template of the operation ({@code GET /api/orders/{orderId}}), or the protocol
 *     method; never the path as sent
 * @since 0.1
 */
public record AuditTarget(String operationId, String template) {

    /** Stands where a request names nothing that is known. */
    public static final String UNKNOWN = "unknown";

    public AuditTarget {
        Objects.requireNonNull(operationId, "operationId");
        Objects.requireNonNull(template, "template");
    }

    /**
     * A target that could not be made out.
     *
     * @return the unknown target
     */
    public static AuditTarget unknown() {
        return new AuditTarget(UNKNOWN, UNKNOWN);
    }
}
