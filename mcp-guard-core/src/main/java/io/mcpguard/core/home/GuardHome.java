package io.mcpguard.core.home;

import io.mcpguard.audit.AuditSink;
import io.mcpguard.core.McpGuard;
import io.mcpguard.core.audit.AuditLevels;
import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.Retention;
import io.mcpguard.core.audit.SinkFeeder;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.core.checkpoint.CheckpointSettings;
import io.mcpguard.core.checkpoint.Checkpoints;
import io.mcpguard.core.credential.ApiKeyVerifier;
import io.mcpguard.core.credential.FileKeySource;
import io.mcpguard.core.json.JacksonFit;
import io.mcpguard.core.mask.ArgumentMask;
import io.mcpguard.core.mask.ValuePolicy;
import io.mcpguard.core.profile.ProfileFile;
import io.mcpguard.credential.KeySource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Profiles, keys and journal of one service, opened from the folder that {@code mcp-guard init} makes.
 *
 * <p>A folder belongs to one running service; a second one refuses to start.
 *
 * @since 0.1
 */
public final class GuardHome implements AutoCloseable {

    private final Settings settings;
    private final KeySource keys;
    private final InstantSource clock;
    private final Uuid7 ids;
    private final Journal journal;
    private final ProfileFile profiles;
    private final ApiKeyVerifier verifier;
    private final ArgumentMask mask;
    private @Nullable Checkpoints checkpoints;
    private @Nullable SinkFeeder feeder;
    private @Nullable Retention retention;
    private boolean begun;

    /**
     * Where things are in a home, and what they may do.
     *
     * @param profiles the YAML file of profiles and key records
     * @param keys the folder of the guard's own secret keys
     * @param audit the folder of the journal
     * @param allowedRoles roles that profiles may use
     * @param testKeysAllowed whether keys of the kind test are good here; false in production
     * @param levels what records must have survived before the guard goes on
     * @param quota most bytes that the journal takes; 0 when the disk is the bound
     * @param retention how long records stay at least, until every sink has them; empty when for ever
     * @param values what the audit trail keeps of values that callers pass
     * @since 0.1
     */
    public record Settings(
            Path profiles,
            Path keys,
            Path audit,
            Set<String> allowedRoles,
            boolean testKeysAllowed,
            AuditLevels levels,
            long quota,
            Optional<Duration> retention,
            ValuePolicy values) {
        public Settings {
            Objects.requireNonNull(profiles, "profiles");
            Objects.requireNonNull(keys, "keys");
            Objects.requireNonNull(audit, "audit");
            Objects.requireNonNull(values, "values");
            allowedRoles = Set.copyOf(allowedRoles);
            Objects.requireNonNull(levels, "levels");
            Objects.requireNonNull(retention, "retention");
        }

        /**
         * The usual places under one folder.
         *
         * @param home the folder
         * @param allowedRoles roles that profiles may use
         * @return settings that refuse test keys and hash every string and number, with the standard levels
         */
        public static Settings under(Path home, Set<String> allowedRoles) {
            return new Settings(
                    home.resolve("profiles.yaml"),
                    home.resolve("keys"),
                    home.resolve("audit"),
                    allowedRoles,
                    false,
                    AuditLevels.standard(),
                    0,
                    Optional.empty(),
                    ValuePolicy.STANDARD);
        }

        /**
         * Sets what records must have survived.
         *
         * @param levels the levels
         * @return a copy with these levels
         */
        public Settings withLevels(AuditLevels levels) {
            return new Settings(profiles, keys, audit, allowedRoles, testKeysAllowed, levels, quota, retention, values);
        }

        /**
         * Bounds the room that the journal takes; see {@link Journal.Builder#quota(long)}.
         *
         * @param bytes most bytes
         * @return a copy with that bound
         */
        public Settings withQuota(long bytes) {
            return new Settings(profiles, keys, audit, allowedRoles, testKeysAllowed, levels, bytes, retention, values);
        }

        /**
         * Has old records deleted; see {@link Retention}. Sinks then have to be named before the guard begins.
         *
         * @param keep how long records stay at least
         * @return a copy with that
         */
        public Settings withRetention(Duration keep) {
            return new Settings(
                    profiles, keys, audit, allowedRoles, testKeysAllowed, levels, quota, Optional.of(keep), values);
        }

        /**
         * Changes what the audit trail keeps of values.
         *
         * @param policy what the service keeps
         * @return a copy with that
         */
        public Settings withValues(ValuePolicy policy) {
            return new Settings(profiles, keys, audit, allowedRoles, testKeysAllowed, levels, quota, retention, policy);
        }
    }

    private GuardHome(
            Settings settings,
            KeySource keys,
            InstantSource clock,
            Uuid7 ids,
            Journal journal,
            ProfileFile profiles,
            ApiKeyVerifier verifier,
            ArgumentMask mask) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.ids = ids;
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
        ArgumentMask mask = ArgumentMask.of(keys, random, settings.values());
        Journal.Builder builder = Journal.builder(settings.audit(), clock, ids).levels(settings.levels());
        Journal journal = (settings.quota() == 0 ? builder : builder.quota(settings.quota())).open();
        try {
            ProfileFile profiles = ProfileFile.builder(settings.profiles(), settings.allowedRoles(), clock)
                    .listener(new ChangeRecords(journal, ids, clock))
                    .open();
            ApiKeyVerifier verifier = new ApiKeyVerifier(profiles, keys, clock, settings.testKeysAllowed());
            return new GuardHome(settings, keys, clock, ids, journal, profiles, verifier, mask);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * Starts to make signed checkpoints of the journal as the settings say. Not needed for the usual ones, which
     * {@link #guard(String)} sets; to be called before it, and once.
     *
     * @param settings how often, and in whose name
     * @return how it stands with them can be asked here
     * @throws IllegalStateException when they are being made already
     */
    public synchronized Checkpoints checkpoints(CheckpointSettings settings) {
        if (checkpoints != null) {
            throw new IllegalStateException("checkpoints of " + journal.folder() + " are being made already");
        }
        Checkpoints started = Checkpoints.start(journal, keys, settings, clock, ids);
        checkpoints = started;
        return started;
    }

    /**
     * Starts a guard on this home, and checkpoints of its journal in the name of the service, every 5 minutes and after 10,000
     * records, unless they are being made already.
     *
     * @param serviceName name of the service
     * @return a builder that has profiles, keys, mask and journal
     * @throws io.mcpguard.error.ConfigurationException when records are to wait for a sink and none that confirms is fed
     */
    public synchronized McpGuard.Builder guard(String serviceName) {
        journal.checkSinks(feeder);
        begun = true;
        if (retention == null && settings.retention().isPresent()) {
            retention = Retention.start(journal, settings.retention().get(), feeder, clock, ids);
        }
        if (checkpoints == null) {
            checkpoints(CheckpointSettings.of(serviceName));
        }
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

    /**
     * Feeds sinks with every record of the journal, until this home is closed.
     *
     * @param sinks each sink by a name of 1 to 64 letters, digits, '-' or '_' that stays the same over restarts: what it has got
     *     is remembered under it
     * @return the feeder, which tells how the sinks are doing
     * @throws io.mcpguard.error.ConfigurationException when a name cannot be used
     * @throws IllegalStateException when sinks are fed already, or old records may be deleted already
     */
    public synchronized SinkFeeder feed(Map<String, AuditSink> sinks) {
        if (feeder != null) {
            throw new IllegalStateException("the sinks of a guard home are named once");
        }
        if (begun && settings.retention().isPresent()) {
            throw new IllegalStateException("name the sinks before the guard: old records are being deleted already");
        }
        SinkFeeder started = SinkFeeder.start(journal, sinks);
        feeder = started;
        return started;
    }

    /**
     * Makes a last checkpoint, closes the journal and lets go of the sinks, which get the last records too. Calls that are still
     * running can no longer be recorded and are refused.
     */
    @Override
    public synchronized void close() {
        if (retention != null) {
            retention.close();
        }
        if (checkpoints != null) {
            checkpoints.close();
        }
        journal.close();
        if (feeder != null) {
            feeder.close();
        }
    }
}
