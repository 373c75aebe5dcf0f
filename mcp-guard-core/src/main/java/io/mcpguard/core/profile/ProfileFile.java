package io.mcpguard.core.profile;

import io.mcpguard.core.credential.ApiKeyRecord;
import io.mcpguard.core.credential.ApiKeyStore;
import io.mcpguard.core.profile.ProfileChange.Kind;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.error.StoreUnavailableException;
import io.mcpguard.profile.Profile;
import io.mcpguard.profile.ProfileId;
import io.mcpguard.profile.ProfileStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Profiles and records of keys in one YAML file, which is read again whenever it changes.
 *
 * <p><b>How soon.</b> Every lookup first looks whether the file is still the one that was read: its time, its length and
 * its inode. A changed file is read before the lookup answers, so that a key revoked by {@code mcp-guard key revoke} is
 * refused from the next request on. Two writes of equal length into the same inode within one tick of the file system's
 * clock cannot be told apart that way; while a file is younger than two seconds its content is therefore compared as well,
 * every 200 milliseconds, which is the longest that such a change stays unseen. {@link Builder#checkEvery(Duration)} makes
 * looks rarer where looking is expensive; its span then is the bound.
 *
 * <p><b>A broken edit</b> keeps the last good state, is logged once with every mistake, and shows in {@link #status()}. It
 * cannot keep a withdrawal from taking effect: a key that the broken file readably marks {@code suspended} or
 * {@code revoked} is refused at once, whatever else is wrong with the file. The same goes for a file that is deleted: the
 * last good state stays, and with it every revocation. Nothing but an edit without mistakes gives a key back. What this
 * class cannot know is an old copy of the file put back on purpose; the changes are then reported like any others, as
 * {@link Kind#CREDENTIAL_RESUMED}.
 *
 * <p>At the start there is no last good state: a file that is missing or has a mistake refuses to load.
 *
 * <p>Safe for use by many threads at once. Reading the file happens on the thread that notices the change; the others wait
 * for it, a few milliseconds. An answer is always of one whole state.
 *
 * @since 0.1
 */
public final class ProfileFile implements ProfileStore, ApiKeyStore {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileFile.class);

    /** Below this age, a file may be written again without its time changing. */
    private static final Duration YOUNG = Duration.ofSeconds(2);

    private static final Duration COMPARE_EVERY = Duration.ofMillis(200);
    private static final int READ_ATTEMPTS = 5;

    private final Path file;
    private final Set<String> allowedRoles;
    private final InstantSource clock;
    private final Duration checkEvery;
    private final Consumer<ProfileChange> listener;
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile State state;
    private volatile Instant lookedAt;

    /** What is in use, and what was seen last: replaced as a whole. */
    private record State(
            Snapshot snapshot,
            Instant loadedAt,
            Optional<FileIdentity> seen,
            String seenVersion,
            Instant seenAt,
            List<String> problems) {

        /** A look at the file's identity is enough. */
        boolean settled() {
            boolean young =
                    seen.isPresent() && seen.get().modified().plus(YOUNG).isAfter(seenAt);
            return problems.isEmpty() && !young;
        }
    }

    /** One reading of the file. */
    private record Look(FileIdentity identity, FileContent content) {

        Optional<FileIdentity> seen() {
            return Optional.of(identity);
        }

        /** A file that must not be used becomes another when its permissions are put right. */
        String version() {
            return content.digest() + content.weakness().orElse("");
        }
    }

    private ProfileFile(Builder builder) {
        this.file = builder.file;
        this.allowedRoles = builder.allowedRoles;
        this.clock = builder.clock;
        this.checkEvery = builder.checkEvery;
        this.listener = builder.listener;
        Look look = look();
        Reading reading = Reading.of(look.content(), Optional.of(allowedRoles));
        ProfileDocument document = reading.document()
                .orElseThrow(() -> new ConfigurationException("the profiles file " + file, reading.problems()));
        Instant now = clock.instant();
        this.state = new State(new Snapshot(document), now, look.seen(), look.version(), now, List.of());
        this.lookedAt = now;
    }

    /**
     * Starts a store on a file.
     *
     * @param file the YAML file
     * @param allowedRoles roles that profiles of this service may use; a profile naming another refuses to load
     * @param clock tells the time
     * @return a builder
     */
    public static Builder builder(Path file, Set<String> allowedRoles, InstantSource clock) {
        return new Builder(file, allowedRoles, clock);
    }

    @Override
    public Optional<Profile> find(ProfileId id) {
        return Optional.ofNullable(fresh().profile(id));
    }

    @Override
    public List<Profile> all() {
        return fresh().profiles();
    }

    @Override
    public Optional<ApiKeyRecord> find(String keyId) {
        return Optional.ofNullable(fresh().credential(keyId));
    }

    @Override
    public List<ApiKeyRecord> records() {
        return fresh().credentials();
    }

    /**
     * Tells how the file is doing, after looking at it.
     *
     * @return what is in use and what is wrong with the file as it stands
     */
    public ProfileFileStatus status() {
        fresh();
        State now = state;
        return new ProfileFileStatus(
                now.loadedAt(),
                now.snapshot().digest(),
                now.snapshot().clients().size(),
                now.snapshot().profiles().size(),
                now.snapshot().credentials().size(),
                now.problems());
    }

    /**
     * Names grants that open nothing; see {@link UnmatchedGrants}.
     *
     * @param products ids of the products there are
     * @param operationIds ids of the operations there are
     * @return one sentence each, for a log
     */
    public List<String> unknownTo(Set<String> products, Set<String> operationIds) {
        return UnmatchedGrants.unknownTo(all(), products, operationIds);
    }

    private Snapshot fresh() {
        State known = state;
        Instant now = clock.instant();
        if (!checkEvery.isZero()) {
            if (within(checkEvery, lookedAt, now)) {
                return known.snapshot();
            }
            lookedAt = now;
        }
        return unchanged(known, now) ? known.snapshot() : reload();
    }

    private static boolean within(Duration span, Instant from, Instant now) {
        return !now.isBefore(from) && now.isBefore(from.plus(span));
    }

    private boolean unchanged(State known, Instant now) {
        try {
            boolean same = Optional.of(FileIdentity.of(file)).equals(known.seen());
            return same && (known.settled() || within(COMPARE_EVERY, known.seenAt(), now));
        } catch (IOException e) {
            return known.seen().isEmpty();
        }
    }

    /** Another thread may have read it while this one waited. */
    private Snapshot reload() {
        reloading.lock();
        try {
            if (!unchanged(state, clock.instant())) {
                takeOver(state);
            }
            return state.snapshot();
        } finally {
            reloading.unlock();
        }
    }

    private void takeOver(State old) {
        Look look;
        try {
            look = look();
        } catch (StoreUnavailableException e) {
            keep(old, old.snapshot(), null, List.of(e.getMessage()));
            return;
        }
        Instant now = clock.instant();
        if (old.seen().isPresent() && look.version().equals(old.seenVersion())) {
            state = new State(old.snapshot(), old.loadedAt(), look.seen(), look.version(), now, old.problems());
            return;
        }
        Reading reading = Reading.of(look.content(), Optional.of(allowedRoles));
        if (reading.document().isEmpty()) {
            keep(old, old.snapshot().without(reading.withdrawn()), look, reading.problems());
            return;
        }
        Snapshot next = new Snapshot(reading.document().get());
        state = new State(next, now, look.seen(), look.version(), now, List.of());
        List<ProfileChange> changes = ProfileDiff.of(old.snapshot(), next);
        LOG.info("profiles file {} was read again, {} changes", file, changes.size());
        report(changes);
    }

    /** Goes on with the last good state, less what the broken file withdraws. */
    private void keep(State old, Snapshot narrowed, @Nullable Look look, List<String> problems) {
        Optional<FileIdentity> seen = look == null ? Optional.empty() : look.seen();
        String version = look == null ? "" : look.version();
        state = new State(narrowed, old.loadedAt(), seen, version, clock.instant(), problems);
        LOG.warn(
                "profiles file {} cannot be taken over, the last good state of {} stays in use:\n  {}",
                file,
                old.loadedAt(),
                String.join("\n  ", problems));
        List<ProfileChange> changes = new ArrayList<>();
        changes.add(new ProfileChange(
                Kind.EDIT_REJECTED,
                String.valueOf(file.getFileName()),
                "",
                "",
                "",
                look == null ? "missing or unreadable" : "mistakes: " + problems.size()));
        changes.addAll(ProfileDiff.of(old.snapshot(), narrowed));
        report(changes);
    }

    private void report(List<ProfileChange> changes) {
        for (ProfileChange change : changes) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.warn("the change {} of {} could not be reported", change.kind(), change.id(), e);
            }
        }
    }

    /** Reads until the file stood still meanwhile. One that never does is noticed again by the next lookup. */
    private Look look() {
        try {
            FileIdentity before = FileIdentity.of(file);
            FileContent content = FileContent.read(file);
            for (int attempt = 1; attempt < READ_ATTEMPTS; attempt++) {
                FileIdentity after = FileIdentity.of(file);
                if (after.equals(before)) {
                    break;
                }
                before = after;
                content = FileContent.read(file);
            }
            return new Look(before, content);
        } catch (NoSuchFileException e) {
            throw new StoreUnavailableException("there is no file " + file + "; run: mcp-guard init", e);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "the file " + file + " cannot be read; check that this user may read it", e);
        }
    }

    /**
     * Settings of a store.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Path file;
        private final Set<String> allowedRoles;
        private final InstantSource clock;
        private Duration checkEvery = Duration.ZERO;
        private Consumer<ProfileChange> listener = change -> {};

        private Builder(Path file, Set<String> allowedRoles, InstantSource clock) {
            this.file = Objects.requireNonNull(file, "file");
            this.allowedRoles = Set.copyOf(allowedRoles);
            this.clock = Objects.requireNonNull(clock, "clock");
        }

        /**
         * Makes looks at the file rarer.
         *
         * @param span for how long a look is good; zero, the default, means that every lookup looks
         * @return this builder
         */
        public Builder checkEvery(Duration span) {
            if (span.isNegative() || span.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("a file is looked at every 0 to 60 seconds");
            }
            this.checkEvery = span;
            return this;
        }

        /**
         * Sets who is told what changed, once per change and in order, on the thread that noticed it and after the change
         * has taken effect. What it throws is logged.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder listener(Consumer<ProfileChange> listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Reads the file.
         *
         * @return the store
         * @throws ConfigurationException when the file has mistakes: all of them, each with its line
         * @throws StoreUnavailableException when the file is missing or cannot be read
         */
        public ProfileFile open() {
            return new ProfileFile(this);
        }
    }
}
