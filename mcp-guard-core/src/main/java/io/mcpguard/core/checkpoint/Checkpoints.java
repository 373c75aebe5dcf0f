package io.mcpguard.core.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpguard.core.audit.Journal;
import io.mcpguard.core.audit.RecordMark;
import io.mcpguard.core.audit.Uuid7;
import io.mcpguard.credential.KeySource;
import io.mcpguard.credential.SigningKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes checkpoints of a journal from a thread of its own: one at the start, then whenever enough records or time have gone
 * by, and at the end. Each is appended to {@code checkpoints.note} in the journal's folder and recorded in the journal.
 *
 * <p>No call ever waits for one. A key or a disk that fails is logged once, tried again and told by {@link #status()}; calls go
 * on. Without a key there are no checkpoints, which the log says once.
 *
 * @since 0.1
 */
public final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Journal journal;
    private final KeySource keys;
    private final CheckpointSettings settings;
    private final InstantSource clock;
    private final Uuid7 ids;
    private final long pollNanos;
    private final NoteFile file;
    private final Thread thread;
    private final Object lock = new Object();

    private boolean stopping;
    private CheckpointStatus status = new CheckpointStatus(true, 0, 0, Optional.empty(), Optional.empty());

    // Of the thread alone.
    private @Nullable String origin;
    private @Nullable RecordMark failedAt;
    private long lastSequence;
    private long lastNanos;

    private Checkpoints(
            Journal journal,
            KeySource keys,
            CheckpointSettings settings,
            InstantSource clock,
            Uuid7 ids,
            Duration poll) {
        this.journal = journal;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.pollNanos = poll.toNanos();
        this.file = new NoteFile(journal.folder());
        this.thread = new Thread(this::run, "mcp-guard-checkpoint");
        this.thread.setDaemon(true);
    }

    /**
     * Starts to make checkpoints.
     *
     * @param journal whose checkpoints; open
     * @param keys where the key to sign with is
     * @param settings how often, and in whose name
     * @param clock the time
     * @param ids names the records
     * @return the running maker of checkpoints
     */
    public static Checkpoints start(
            Journal journal, KeySource keys, CheckpointSettings settings, InstantSource clock, Uuid7 ids) {
        return start(journal, keys, settings, clock, ids, POLL);
    }

    static Checkpoints start(
            Journal journal,
            KeySource keys,
            CheckpointSettings settings,
            InstantSource clock,
            Uuid7 ids,
            Duration poll) {
        Checkpoints checkpoints = new Checkpoints(journal, keys, settings, clock, ids, poll);
        checkpoints.thread.start();
        return checkpoints;
    }

    /**
     * Tells how it stands.
     *
     * @return the state of now
     */
    public CheckpointStatus status() {
        synchronized (lock) {
            return status;
        }
    }

    /**
     * Makes a last checkpoint, closes the journal, since its last record has to be signed too, and signs that. A key that does
     * not answer holds this up for no longer than five seconds.
     */
    @Override
    public void close() {
        synchronized (lock) {
            stopping = true;
            lock.notifyAll();
        }
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("The last checkpoint of the audit journal {} takes too long and is left out", journal.folder());
            thread.interrupt();
        }
        journal.close();
    }

    private void run() {
        boolean signs = true;
        for (boolean due = true; signs && !isStopping(); due = isDue()) {
            if (due) {
                signs = make(true);
            }
            pause();
        }
        if (signs && make(true)) {
            journal.close();
            make(false);
        }
    }

    private boolean isDue() {
        RecordMark now = RecordMark.lastOf(journal);
        if (System.nanoTime() - lastNanos >= settings.interval().toNanos()) {
            return true;
        }
        if (failedAt != null) {
            // The journal goes on, so it may be the moment to try again; one that stands still would only refuse.
            return !now.equals(failedAt);
        }
        return now.sequence() - lastSequence >= settings.records();
    }

    /** Makes one checkpoint; false when there is no key to sign with. */
    private boolean make(boolean record) {
        RecordMark mark = RecordMark.lastOf(journal);
        lastNanos = System.nanoTime();
        try {
            SigningKey key = keys.signing().orElse(null);
            if (key == null) {
                withoutKey();
                return false;
            }
            SignedNote note = sign(mark, key);
            file.append(note);
            if (record) {
                journal.append(CheckpointRecord.of(note, key.id(), ids.next()));
            }
            // The record of the checkpoint itself calls for no other one.
            lastSequence = mark.sequence() + 1;
            made(note.checkpoint());
        } catch (Throwable e) {
            // An Error too: this thread must not end because of one.
            failedAt = mark;
            failed(e);
        }
        return true;
    }

    private SignedNote sign(RecordMark mark, SigningKey key) {
        Checkpoint checkpoint = new Checkpoint(origin(), mark, clock.instant().truncatedTo(ChronoUnit.MICROS));
        byte[] signature = key.sign(checkpoint.body().getBytes(UTF_8));
        CheckpointKey verifier = CheckpointKey.of(key.publicKey());
        NoteSignature line = NoteSignature.of(checkpoint.origin(), verifier.id(checkpoint.origin()), signature);
        if (!verifier.verifies(checkpoint.body(), line)) {
            throw new IllegalStateException("the key " + key.id() + " made a signature that its public half refuses");
        }
        return new SignedNote(checkpoint, List.of(line));
    }

    /** On this thread, since asking for the name of the machine may take seconds. */
    private String origin() {
        if (origin == null) {
            origin = Origin.of(settings.service(), settings.node().orElseGet(Checkpoints::machine));
        }
        return origin;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private void withoutKey() {
        LOG.warn(
                "The audit journal {} gets no signed checkpoints, since there is no key to sign them with: nobody could"
                        + " prove that its records are those that were written. Run: mcp-guard init",
                journal.folder());
        set(new CheckpointStatus(false, 0, 0, Optional.empty(), Optional.empty()));
    }

    private void made(Checkpoint checkpoint) {
        CheckpointStatus before = status();
        failedAt = null;
        if (before.failure().isPresent()) {
            LOG.info("The audit journal {} gets checkpoints again", journal.folder());
        }
        set(new CheckpointStatus(
                true, before.made() + 1, before.failures(), Optional.of(checkpoint), Optional.empty()));
    }

    private void failed(Throwable why) {
        CheckpointStatus before = status();
        if (before.failure().isEmpty()) {
            LOG.warn("The audit journal {} gets no checkpoints for now; calls go on", journal.folder(), why);
        }
        set(new CheckpointStatus(
                true, before.made(), before.failures() + 1, before.last(), Optional.of(String.valueOf(why))));
    }

    private void set(CheckpointStatus now) {
        synchronized (lock) {
            status = now;
        }
    }

    private boolean isStopping() {
        synchronized (lock) {
            return stopping;
        }
    }

    private void pause() {
        synchronized (lock) {
            try {
                if (!stopping) {
                    TimeUnit.NANOSECONDS.timedWait(lock, pollNanos);
                }
            } catch (InterruptedException e) {
                stopping = true;
            }
        }
    }
}
