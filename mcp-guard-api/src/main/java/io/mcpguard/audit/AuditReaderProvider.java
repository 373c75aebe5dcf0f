package io.mcpguard.audit;

import java.util.Map;
import java.util.Optional;

/**
 * Opens places where a sink has kept events, by their address; how {@code mcp-guard audit query --source ADDRESS} reaches a
 * database. Found by {@link java.util.ServiceLoader}, so a module that brings one needs only to be on the class path.
 *
 * @since 0.1
 */
public interface AuditReaderProvider {

    /**
     * Opens a place, if it is one of this provider's.
     *
     * @param address what an operator wrote, such as {@code jdbc:postgresql://db/audit}; untrusted
     * @param settings what else there is to know, by names such as {@code user}, {@code password} and {@code table}; secrets among
     *     it are never shown
     * @return the reader, to be closed when it is {@link AutoCloseable}; empty when the address is not of a kind this provider knows
     * @throws io.mcpguard.error.StoreUnavailableException when it is, and cannot be reached
     * @throws io.mcpguard.error.ConfigurationException when it is, and a setting makes no sense
     */
    Optional<AuditReader> open(String address, Map<String, String> settings);
}
