package io.mcpguard.core.home;

import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.credential.ApiKeyVerifier;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.json.JacksonFit;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.profile.ProfileFile;
import io.mcpguard.credential.KeySource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Profiles, keys and journal of one service, opened from the folder that {@code mcp-guard init} makes.
 *
 * <p>A folder belongs to one running service; a second one refuses to start.
 *
 * @since 0.1
 */
public final class GuardHome implements AutoCloseable {

    private final KeySource keys;
    private final Journal journal;
    private final ProfileFile profiles;
    private final ApiKeyVerifier verifier;
    private final ArgumentMask mask;

    /**
     * Where things are in a home, and what they may do.
     *
     * @param profiles the YAML file of profiles and key records
     * @param keys the folder of the guard's own secret keys
     * @param audit the folder of the journal
     * @param allowedRoles roles that profiles may use
     * @param testKeysAllowed whether keys of the kind test are good here; false in production
     * @param levels what records must have survived before the guard goes on
     * @since 0.1
     */
    public record Settings(
            Path profiles,
            Path keys,
            Path audit,
            Set<String> allowedRoles,
            boolean testKeysAllowed,
            AuditLevels levels) {
        public Settings {
            Objects.requireNonNull(profiles, "profiles");
            Objects.requireNonNull(keys, "keys");
            Objects.requireNonNull(audit, "audit");
            allowedRoles = Set.copyOf(allowedRoles);
            Objects.requireNonNull(levels, "levels");
        }

        /**
         * The usual places under one folder.
         *
         * @param home the folder
         * @param allowedRoles roles that profiles may use
         * @return settings that refuse test keys, with the standard levels
         */
        public static Settings under(Path home, Set<String> allowedRoles) {
            return new Settings(
                    home.resolve("profiles.yaml"),
                    home.resolve("keys"),
                    home.resolve("audit"),
                    allowedRoles,
                    false,
                    AuditLevels.standard());
        }

        /**
         * Sets what records must have survived.
         *
         * @param levels the levels
         * @return a copy with these levels
         */
        public Settings withLevels(AuditLevels levels) {
            return new Settings(profiles, keys, audit, allowedRoles, testKeysAllowed, levels);
        }
    }

    private GuardHome(
            KeySource keys, Journal journal, ProfileFile profiles, ApiKeyVerifier verifier, ArgumentMask mask) {
        this.keys = keys;
        this.journal = journal;
        this.profiles = profiles;
        this.verifier = verifier;
        this.mask = mask;
    }

    /**
     * Opens a home.
     *
     * @param settings where things are
     * @param clock the time
     * @return the open home
     * @throws io.mcpguard.error.ConfigurationException when a file has mistakes, a key is missing or the journal is in use
     * @throws io.mcpguard.error.StoreUnavailableException when a file cannot be read
     */
    public static GuardHome open(Settings settings, InstantSource clock) {
        JacksonFit.check();
        SecureRandom random = new SecureRandom();
        Uuid7 ids = new Uuid7(clock, random);
        KeySource keys = new FileKeySource(settings.keys());
        ArgumentMask mask = ArgumentMask.of(keys, random, List.of());
        Journal journal = Journal.builder(settings.audit(), clock, ids)
                .levels(settings.levels())
                .open();
        try {
            ProfileFile profiles = ProfileFile.builder(settings.profiles(), settings.allowedRoles(), clock)
                    .listener(new ChangeRecords(journal, ids, clock))
                    .open();
            ApiKeyVerifier verifier = new ApiKeyVerifier(profiles, keys, clock, settings.testKeysAllowed());
            return new GuardHome(keys, journal, profiles, verifier, mask);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * Starts a guard on this home.
     *
     * @param serviceName name of the service
     * @return a builder that has profiles, keys, mask and journal
     */
    public McpGuard.Builder guard(String serviceName) {
        return McpGuard.builder(serviceName, profiles, journal)
                .verifier(verifier)
                .keys(keys)
                .mask(mask);
    }

    /**
     * Returns the guard's own secret keys.
     *
     * @return the keys
     */
    public KeySource keys() {
        return keys;
    }

    /**
     * Returns the audit journal.
     *
     * @return the open journal
     */
    public Journal journal() {
        return journal;
    }

    /**
     * Returns the profiles and key records.
     *
     * @return the file store
     */
    public ProfileFile profiles() {
        return profiles;
    }

    /** Closes the journal. Calls that are still running can no longer be recorded and are refused. */
    @Override
    public void close() {
        journal.close();
    }
}
