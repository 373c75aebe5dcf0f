package io.mcpguard.audit;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a request came from. Everything but the address is what the caller says of itself and is trusted for nothing.
 *
 * @param address IP address of the caller as the service trusts it, or {@code unknown}
 * @param port port of the caller, 0 when unknown
 * @param userAgent the User-Agent header
 * @param clientInfo name and version that an MCP client gives itself, as {@code name/version}
 * @param protocolVersion revision of the MCP protocol the request was served as
 * @param rpcId id of the JSON-RPC request, as its JSON text
 * @param traceparent W3C trace context of the caller
 * @since 0.1
 */
public record AuditSource(
        String address,
        int port,
        Optional<String> userAgent,
        Optional<String> clientInfo,
        Optional<String> protocolVersion,
        Optional<String> rpcId,
        Optional<String> traceparent) {

    public AuditSource {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(userAgent, "userAgent");
        Objects.requireNonNull(clientInfo, "clientInfo");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(rpcId, "rpcId");
        Objects.requireNonNull(traceparent, "traceparent");
    }

    /**
     * A source of which only the address is known.
     *
     * @param address IP address
     * @param port port, 0 when unknown
     * @return the source
     */
    public static AuditSource of(String address, int port) {
        return new AuditSource(
                address,
                port,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
