package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a journal in the order of writing, also while it is being written to. Needs no lock and changes
 * nothing. Reads past damage; whether a journal is whole is a question for {@link JournalVerifier}.
 *
 * @since 0.1
 */
public final class JournalReader {

    private final JournalFolder folder;
    private final Consumer<String> damage;

    /**
     * Makes a reader.
     *
     * @param folder the journal's folder
     * @param damage told, in a sentence, of each place that cannot be read
     */
    public JournalReader(Path folder, Consumer<String> damage) {
        this.folder = new JournalFolder(folder);
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
        JournalTail tail = new JournalTail(folder, null, damage);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                new Events(tail), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                        false)
                .onClose(() -> unchecked(tail));
    }

    private static void unchecked(JournalTail tail) {
        try {
            tail.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Events implements Iterator<AuditEvent> {

        private final JournalTail tail;
        private @Nullable AuditEvent next;
        private boolean ended;

        Events(JournalTail tail) {
            this.tail = tail;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                try {
                    next = tail.next();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
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
