package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the files of a journal. An interrupt closes a file channel for everybody, so the threads of
 * requests never come near one; they hand over a record and wait. What has come in while a write was under way goes into
 * the next write together.
 */
final class JournalWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int MAX_BATCH = 512;

    /** After a failure records are refused for so long before the disk is asked again. */
    private static final long RETRY_NANOS = 50_000_000;

    private final JournalFolder folder;
    private final BlockingQueue<PendingAppend> queue;
    private final SegmentOpener opener;
    private final long segmentBytes;
    private final Uuid7 ids;
    private final JournalNotices notices;
    private final Thread thread;
    private final CompletableFuture<ChainWriter> started = new CompletableFuture<>();
    private final OpenCalls openCalls = new OpenCalls();
    private final List<PendingAppend> batch = new ArrayList<>();
    private volatile boolean stopping;
    private @Nullable PendingAppend carried;
    private @Nullable Throwable failure;
    private long failedAt;
    private long refused;

    JournalWriter(
            JournalFolder folder,
            BlockingQueue<PendingAppend> queue,
            SegmentOpener opener,
            long segmentBytes,
            Uuid7 ids,
            InstantSource clock) {
        this.folder = folder;
        this.queue = queue;
        this.opener = opener;
        this.segmentBytes = segmentBytes;
        this.ids = ids;
        this.notices = new JournalNotices(ids, clock);
        this.thread = new Thread(this, "mcp-guard-journal");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
        try {
            started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ConfigurationException refusal) {
                throw refusal;
            }
            throw new ConfigurationException(
                    "audit journal " + folder.path(),
                    "it cannot be opened (" + e.getCause() + "); name a folder that this process may write to");
        }
    }

    Tip committed() {
        return started.join().tip();
    }

    void stop() {
        stopping = true;
        // Wakes the writer; when the queue is full it is awake.
        queue.offer(PendingAppend.nothing());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        ChainWriter chain;
        try {
            chain = begin();
        } catch (Throwable e) {
            started.completeExceptionally(e);
            return;
        }
        started.complete(chain);
        while (!stopping || carried != null || !queue.isEmpty()) {
            gather();
            if (!batch.isEmpty()) {
                write(chain);
            }
        }
        end(chain);
    }

    private ChainWriter begin() throws IOException {
        Files.createDirectories(folder.path());
        FolderLock lock = FolderLock.take(folder);
        ChainWriter chain = null;
        try {
            Recovery found = Recovery.of(folder);
            ChainId id = new ChainId(found.lastEpoch() + 1, ids.next().getLeastSignificantBits());
            Tip previous = found.previous();
            Tip start = new Tip(id, 0, previous == null ? JournalFormat.noHash() : previous.hash());
            chain = new ChainWriter(folder, lock, start, opener, segmentBytes);
            if (found.tipState().equals(Recovery.NEW)) {
                chain.claimFolder();
            }
            List<byte[]> payloads = new ArrayList<>();
            payloads.add(AuditEventJson.payload(notices.started(id, found)));
            for (AuditEvent orphan : found.orphans()) {
                payloads.add(AuditEventJson.payload(notices.orphaned(orphan)));
            }
            chain.commitAll(payloads);
            report(found);
            return chain;
        } catch (IOException | RuntimeException e) {
            if (chain != null) {
                chain.close();
            }
            lock.close();
            throw e;
        }
    }

    private void report(Recovery found) {
        if (!found.tipState().equals(Recovery.NEW) && !found.tipState().equals(Recovery.FOUND)) {
            LOG.error(
                    "The tip of the audit journal {} is {}: records at its end may be missing. Run audit verify.",
                    folder.path(),
                    found.tipState());
        }
        if (found.tornBytes() > 0 || !found.orphans().isEmpty()) {
            LOG.warn(
                    "The last process with the audit journal {} did not end its calls: {} bytes of a half-written record"
                            + " cut off, {} calls recorded as orphaned.",
                    folder.path(),
                    found.tornBytes(),
                    found.orphans().size());
        }
    }

    /** Collects what is waiting, as much as one write takes. */
    private void gather() {
        batch.clear();
        int bytes = 0;
        PendingAppend next = carried == null ? poll() : carried;
        carried = null;
        while (next != null) {
            if (batch.size() == MAX_BATCH || !ChainWriter.fits(bytes, next.payload())) {
                carried = next;
                return;
            }
            if (next.take()) {
                bytes += JournalFormat.FRAME_OVERHEAD + next.payload().length;
                batch.add(next);
            }
            next = queue.poll();
        }
    }

    private @Nullable PendingAppend poll() {
        try {
            return queue.poll(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread, and the journal outlives it if somebody does.
            return null;
        }
    }

    private void write(ChainWriter chain) {
        if (failure != null && System.nanoTime() - failedAt < RETRY_NANOS) {
            refuse(failure);
            return;
        }
        try {
            List<byte[]> payloads = new ArrayList<>(batch.size() + 1);
            if (failure != null || chain.beginsSegment()) {
                payloads.add(AuditEventJson.payload(preface(chain.tip())));
            }
            batch.forEach(pending -> payloads.add(pending.payload()));
            chain.commit(payloads);
        } catch (Throwable e) {
            failed(e);
            return;
        }
        if (failure != null) {
            LOG.warn("The audit journal {} can be written again; {} records were refused", folder.path(), refused);
            failure = null;
            refused = 0;
        }
        long sequence = chain.tip().sequence() - batch.size();
        for (PendingAppend pending : batch) {
            openCalls.saw(pending.stage(), pending.callId(), ++sequence);
            pending.kept();
        }
    }

    private AuditEvent preface(Tip tip) {
        long openSince = openCalls.since(tip.sequence() + 1);
        return failure == null
                ? notices.continued(tip.chain(), openSince)
                : notices.mended(tip.chain(), openSince, refused, failure);
    }

    private void failed(Throwable why) {
        if (failure == null) {
            LOG.error("The audit journal {} cannot be written; calls are refused until it can", folder.path(), why);
        }
        failure = why;
        failedAt = System.nanoTime();
        refuse(why);
    }

    private void refuse(Throwable why) {
        refused += batch.size();
        batch.forEach(pending -> pending.failed(why));
    }

    private void end(ChainWriter chain) {
        try {
            chain.commit(
                    List.of(AuditEventJson.payload(notices.stopped(chain.tip().chain(), openCalls))));
        } catch (IOException | RuntimeException e) {
            LOG.error("The audit journal {} could not write its last record", folder.path(), e);
        }
        try {
            chain.close();
        } catch (IOException e) {
            LOG.error("The audit journal {} could not close its files", folder.path(), e);
        }
        // What came in too late to be written is told so instead of waiting for its deadline.
        batch.clear();
        queue.drainTo(batch);
        batch.removeIf(late -> !late.take());
        refuse(new IllegalStateException("the audit journal is closed"));
    }
}
