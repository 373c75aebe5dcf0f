package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.audit.AuditQuery;
import io.mcpguard.audit.AuditReader;
import io.mcpguard.error.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a journal in the order of writing, also while it is being written to. Needs no lock. Reads past damage;
 * whether a journal is whole is a question for {@link JournalVerifier}.
 *
 * <p>A query for a time or a call is answered with an index of the segments, which is made when it is first needed, by reading all of
 * them once, and kept in the sub folder {@code index} if this process may write there. Nothing else is changed, and that folder may
 * be deleted at any time.
 *
 * @since 0.1
 */
public final class JournalReader implements AuditReader {

    private final JournalFolder folder;
    private final JournalIndex index;
    private final Consumer<String> damage;

    /**
     * Makes a reader.
     *
     * @param folder the journal's folder
     * @param damage told, in a sentence, of each place that is read and cannot be; by the thread that reads
     */
    public JournalReader(Path folder, Consumer<String> damage) {
        this.folder = new JournalFolder(folder);
        this.index = new JournalIndex(this.folder);
        this.damage = Objects.requireNonNull(damage, "damage");
    }

    /**
     * Reads from the first event to the last one there is now.
     *
     * @return the events with their links; to be closed, and failing with {@link UncheckedIOException}
     * @throws IOException when there is no such folder
     */
    public Stream<AuditEvent> events() throws IOException {
        if (!Files.isDirectory(folder.path())) {
            throw new NoSuchFileException(folder.path().toString());
        }
        return stream(AuditQuery.everything(), UncheckedIOException::new);
    }

    @Override
    public Stream<AuditEvent> read(AuditQuery query) {
        if (!Files.isDirectory(folder.path())) {
            throw unavailable(new NoSuchFileException(folder.path().toString()));
        }
        return stream(query, this::unavailable);
    }

    private StoreUnavailableException unavailable(IOException failure) {
        return new StoreUnavailableException(
                "The audit journal in " + folder.path() + " cannot be read (" + failure + ").", failure);
    }

    private Stream<AuditEvent> stream(AuditQuery query, Function<IOException, RuntimeException> failed) {
        JournalQuery answers = new JournalQuery(folder, index, query, damage);
        Iterator<AuditEvent> events = new Events(answers, failed);
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(events, characteristics), false)
                .onClose(() -> close(answers, failed));
    }

    private static void close(JournalQuery answers, Function<IOException, RuntimeException> failed) {
        try {
            answers.close();
        } catch (IOException e) {
            throw failed.apply(e);
        }
    }

    private static final class Events implements Iterator<AuditEvent> {

        private final JournalQuery answers;
        private final Function<IOException, RuntimeException> failed;
        private @Nullable AuditEvent next;
        private boolean ended;

        Events(JournalQuery answers, Function<IOException, RuntimeException> failed) {
            this.answers = answers;
            this.failed = failed;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                try {
                    next = answers.next();
                } catch (IOException e) {
                    throw failed.apply(e);
                }
                ended = next == null;
            }
            return next != null;
        }

        @Override
        public AuditEvent next() {
            AuditEvent event = hasNext() ? next : null;
            if (event == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return event;
        }
    }
}
