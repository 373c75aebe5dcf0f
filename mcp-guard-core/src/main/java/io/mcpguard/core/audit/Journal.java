package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail on this machine's disk: an append-only log in one folder, each record bound to the one before by a hash.
 *
 * <p>An event that {@link #append(AuditEvent)} took survives what its {@link AuditLevel} names. Whatever
 * keeps the journal from writing (a full disk, a folder that was deleted) fails every append until it is gone; then the
 * journal goes on by itself and records how many it had to refuse. Opening a folder finishes what a killed process left:
 * half a record is cut off, and every call without an end gets a record saying that nobody saw it.
 *
 * <p>docs/audit-journal.md describes the files and what they prove.
 *
 * @since 0.1
 */
public final class Journal implements AuditTrail, AutoCloseable {

    private final Path folder;
    private final long deadlineNanos;
    private final JournalWriter writer;
    private final AppendTurns turns;
    private final AuditLevels levels;
    private volatile boolean closed;

    private Journal(Builder builder, JournalWriter writer) {
        this.folder = builder.folder;
        this.deadlineNanos = builder.appendDeadline.toNanos();
        this.writer = writer;
        this.turns = new AppendTurns(writer);
        this.levels = builder.levels;
    }

    /**
     * Starts to describe a journal.
     *
     * @param folder where its files are; made if it is not there. A folder belongs to one journal
     * @param clock tells the time of the journal's own records
     * @param ids names the journal's own records
     * @return a builder with segments of 64 MiB, 2 seconds to append, and the standard levels
     */
    public static Builder builder(Path folder, InstantSource clock, Uuid7 ids) {
        return new Builder(folder, clock, ids);
    }

    @Override
    public void append(AuditEvent event) {
        AuditLevel level = levels.of(event);
        PendingAppend pending = new PendingAppend(event, level);
        if (pending.payload().length > JournalFormat.MAX_PAYLOAD) {
            throw new AuditWriteException("an audit record has " + pending.payload().length + " bytes", null);
        }
        if (closed) {
            throw new AuditWriteException("the audit journal " + folder + " is closed", null);
        }
        if (level == AuditLevel.REMOTE && !writer.remoteCommit().isFed()) {
            throw new AuditWriteException(
                    "audit records are to wait for a sink (level REMOTE), and no sink that confirms is fed", null);
        }
        if (level == AuditLevel.MEMORY) {
            turns.leave(pending, deadlineNanos);
        } else {
            turns.append(pending, deadlineNanos);
        }
    }

    /**
     * Refuses a journal whose records would wait for a sink for ever.
     *
     * @param sinks who feeds sinks from this journal, or null when nobody does
     * @throws ConfigurationException when records have the level {@link AuditLevel#REMOTE} and no sink confirms
     */
    public void checkSinks(@Nullable SinkFeeder sinks) {
        if (levels.uses(AuditLevel.REMOTE) && (sinks == null || !sinks.confirms())) {
            throw new ConfigurationException(
                    "audit level remote",
                    "no sink says that it has a record, so every call would be refused; feed one that confirms, or choose"
                            + " the level power");
        }
    }

    /**
     * Returns where the journal is.
     *
     * @return the folder
     */
    public Path folder() {
        return folder;
    }

    /**
     * Tells how the journal is doing. For any thread; costs nothing.
     *
     * @return how it stands now
     */
    public JournalStatus status() {
        return writer.status();
    }

    /** The last record that was acknowledged; what lies after it may still be taken back. */
    Tip committed() {
        return writer.committed();
    }

    /** Returns when the disk has everything that {@link #append} took as {@link AuditLevel#POWER}, or would have. */
    void force() throws IOException {
        writer.force();
    }

    /** A segment that was complete has been deleted. */
    void removed(long bytes) {
        writer.removed(bytes);
    }

    /** Where sinks say what they have, for records that wait for it. */
    RemoteCommit remoteCommit() {
        return writer.remoteCommit();
    }

    /** Writes what is waiting and a last record, and lets go of the folder. Appending afterwards fails. */
    @Override
    public void close() {
        closed = true;
        turns.end();
    }

    /**
     * Describes a journal.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Path folder;
        private final InstantSource clock;
        private final Uuid7 ids;
        private long segmentBytes = 64L << 20;
        private Duration appendDeadline = Duration.ofSeconds(2);
        private AuditLevels levels = AuditLevels.standard();
        private long quota;

        /** A quota that is full can only become less full by deleting whole segments. */
        private static final int SEGMENTS_IN_QUOTA = 4;

        private Builder(Path folder, InstantSource clock, Uuid7 ids) {
            this.folder = Objects.requireNonNull(folder, "folder");
            this.clock = Objects.requireNonNull(clock, "clock");
            this.ids = Objects.requireNonNull(ids, "ids");
        }

        /**
         * Sets the size from which on a segment is followed by the next.
         *
         * @param segmentBytes size in bytes, positive
         * @return this builder
         */
        public Builder segmentBytes(long segmentBytes) {
            this.segmentBytes = segmentBytes;
            return this;
        }

        /**
         * Bounds the room that the journal takes on the disk. The last quarter of it is kept for calls that are let through: refusals
         * find no room in it, so that somebody who loops on what he may not do does not keep others from working. When all is used,
         * every call is refused until segments are deleted, by {@link Retention} or by an operator.
         *
         * @param quota bytes of all segments together, at least four times the size of a segment; the disk is the bound unless set
         * @return this builder
         */
        public Builder quota(long quota) {
            this.quota = quota;
            return this;
        }

        /**
         * Sets how long an append waits for its turn, and for disk and sink to confirm it, before it fails. The append whose thread
         * writes waits for the operating system to take it.
         *
         * @param appendDeadline a positive duration
         * @return this builder
         */
        public Builder appendDeadline(Duration appendDeadline) {
            this.appendDeadline = Objects.requireNonNull(appendDeadline, "appendDeadline");
            return this;
        }

        /**
         * Sets what records must have survived before the guard goes on.
         *
         * @param levels a level for each kind of record; {@link AuditLevels#standard()} unless set
         * @return this builder
         */
        public Builder levels(AuditLevels levels) {
            this.levels = Objects.requireNonNull(levels, "levels");
            return this;
        }

        /**
         * Opens the journal: takes the folder, finishes what the last process left, begins a chain.
         *
         * @return the open journal
         * @throws ConfigurationException when the folder is in use, cannot be written to, or a setting is wrong
         */
        public Journal open() {
            return open(SegmentDisk.REAL);
        }

        Journal open(SegmentDisk disk) {
            if (segmentBytes <= 0 || appendDeadline.isNegative() || appendDeadline.isZero()) {
                throw new ConfigurationException(
                        "audit journal " + folder, "the size of a segment and the time to append must be positive");
            }
            if (quota != 0 && quota / SEGMENTS_IN_QUOTA < segmentBytes) {
                throw new ConfigurationException(
                        "audit journal " + folder,
                        "a quota of " + quota + " bytes is too small for segments of " + segmentBytes
                                + "; it has to hold " + SEGMENTS_IN_QUOTA + " of them");
            }
            try {
                JournalWriter writer =
                        JournalWriter.begin(new JournalFolder(folder), disk, segmentBytes, quota, ids, clock);
                if (levels.needDisk()) {
                    writer.commitToDisk();
                }
                return new Journal(this, writer);
            } catch (IOException e) {
                throw new ConfigurationException(
                        "audit journal " + folder,
                        "it cannot be opened (" + e + "); name a folder that this process may write to");
            }
        }
    }
}
