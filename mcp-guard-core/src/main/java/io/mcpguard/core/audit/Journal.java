package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.error.AuditWriteException;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

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
        if (level == AuditLevel.MEMORY) {
            turns.leave(pending, deadlineNanos);
        } else {
            turns.append(pending, deadlineNanos);
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

    /** The last record that was acknowledged; what lies after it may still be taken back. */
    Tip committed() {
        return writer.committed();
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
         * Sets how long an append waits for its turn, and for the disk to confirm it, before it fails. The append whose thread
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
            try {
                JournalWriter writer = JournalWriter.begin(new JournalFolder(folder), disk, segmentBytes, ids, clock);
                if (levels.uses(AuditLevel.POWER)) {
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
