package io.mcpguard.cli.audit;

import io.mcpguard.audit.AuditReader;
import io.mcpguard.audit.AuditReaderProvider;
import io.mcpguard.core.audit.JournalReader;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Opens {@code kept:FOLDER}, which holds a journal and asks for a user and a password. */
public final class KeptPlaces implements AuditReaderProvider {

    static final String PASSWORD = "let me in";

    /** For the service loader. */
    public KeptPlaces() {}

    @Override
    public Optional<AuditReader> open(String address, Map<String, String> settings) {
        if (!address.startsWith("kept:")) {
            return Optional.empty();
        }
        if (!settings.getOrDefault("user", "").equals("auditor")) {
            throw new ConfigurationException("source", "it has no user of that name");
        }
        if (!settings.getOrDefault("password", "").equals(PASSWORD)) {
            throw new StoreUnavailableException("The place lets nobody in.", null);
        }
        return Optional.of(new JournalReader(Path.of(address.substring("kept:".length())), damage -> {}));
    }
}
