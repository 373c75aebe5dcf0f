package io.mcpguard.jdbc;

import io.mcpguard.audit.AuditReader;
import io.mcpguard.audit.AuditReaderProvider;
import io.mcpguard.error.ConfigurationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens the tables of a {@link JdbcAuditSink} by an address that begins with {@code jdbc:postgresql:}, {@code jdbc:mariadb:} or
 * {@code jdbc:h2:}. Settings are {@code user}, {@code password} and {@code table}. The database's driver has to be on the class
 * path.
 *
 * <p>An address may carry parameters of the driver, of which only those are taken that say how to reach the server: some others
 * name classes to load, files to write or statements to run.
 *
 * @since 0.1
 */
public final class JdbcAuditReaderProvider implements AuditReaderProvider {

    private static final Set<String> SETTINGS = Set.of("user", "password", "table");

    /** Makes the provider, as {@link java.util.ServiceLoader} does. */
    public JdbcAuditReaderProvider() {}

    @Override
    public Optional<AuditReader> open(String address, Map<String, String> settings) {
        if (!address.regionMatches(true, 0, "jdbc:", 0, 5)) {
            return Optional.empty();
        }
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(SETTINGS);
        if (!unknown.isEmpty()) {
            problems.add("settings are user, password and table, and no others");
        }
        Optional<JdbcAddress> known = JdbcAddress.parse(address, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException("audit database", problems);
        }
        AddressSource source = new AddressSource(known.orElseThrow(), settings.get("user"), settings.get("password"));
        JdbcAuditReader reader = new JdbcAuditReader(source, settings.getOrDefault("table", AuditTables.DEFAULT_NAME));
        try {
            source.getConnection().close();
        } catch (SQLException e) {
            throw JdbcAuditReader.unreadable(settings.getOrDefault("table", AuditTables.DEFAULT_NAME), e);
        }
        return Optional.of(reader);
    }
}
