package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.SegmentScanner.Piece;
import io.mcpguard.core.audit.SegmentScanner.Tail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A journal for tampering: a chain that was closed, and one whose process was killed in the middle of a call. What a kill
 * leaves is a copy of the files of an open journal; the room at the end is cut off, so that every byte of it means something.
 */
final class SmallJournal {

    final Path folder;

    private SmallJournal(Path folder) {
        this.folder = folder;
    }

    static SmallJournal in(Path temp, int calls, long segmentBytes) throws IOException {
        Events events = new Events();
        Path written = temp.resolve("written");
        try (Journal journal =
                events.journal(written).segmentBytes(segmentBytes).open()) {
            call(journal, events, calls);
        }
        Path killed = temp.resolve("killed");
        try (Journal journal =
                events.journal(written).segmentBytes(segmentBytes).open()) {
            call(journal, events, calls);
            journal.append(events.intent());
            copy(written, killed);
        }
        SmallJournal small = new SmallJournal(killed);
        small.cutRoom();
        return small;
    }

    private void cutRoom() throws IOException {
        for (Path file : segments()) {
            byte[] all = Files.readAllBytes(file);
            int end = all.length;
            while (end > 0 && all[end - 1] == 0) {
                end--;
            }
            Files.write(file, Arrays.copyOf(all, end));
        }
    }

    private static void call(Journal journal, Events events, int calls) {
        for (int i = 0; i < calls; i++) {
            AuditEvent intent = events.intent();
            journal.append(intent);
            journal.append(events.outcome(intent));
        }
    }

    SmallJournal copy(Path to) throws IOException {
        copy(folder, to);
        return new SmallJournal(to);
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> old = Files.list(to)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    JournalReport verify() throws IOException {
        return new JournalVerifier(folder).verify();
    }

    List<Path> segments() throws IOException {
        return new JournalFolder(folder).walFiles();
    }

    /** Where a record lies. */
    record Place(Path file, ChainId chain, long sequence, int offset, int length) {
        int end() {
            return offset + length;
        }
    }

    List<Place> places() throws IOException {
        List<Place> places = new ArrayList<>();
        for (Path file : segments()) {
            ChainId chain =
                    SegmentId.parse(file.getFileName().toString()).orElseThrow().chain();
            try (SegmentScanner scanner = new SegmentScanner(file)) {
                for (Piece piece = scanner.next(); !(piece instanceof Tail); piece = scanner.next()) {
                    Frame frame = (Frame) piece;
                    places.add(new Place(
                            file,
                            chain,
                            frame.sequence(),
                            (int) frame.offset(),
                            JournalFormat.FRAME_OVERHEAD + frame.payload().length));
                }
            }
        }
        return places;
    }

    static byte[] bytes(Place place) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(place.file()), place.offset(), place.end());
    }

    /** Replaces what lies between two places of a file. */
    static void splice(Path file, int from, int to, byte[] with) throws IOException {
        byte[] all = Files.readAllBytes(file);
        byte[] spliced = new byte[from + with.length + all.length - to];
        System.arraycopy(all, 0, spliced, 0, from);
        System.arraycopy(with, 0, spliced, from, with.length);
        System.arraycopy(all, to, spliced, from + with.length, all.length - to);
        Files.write(file, spliced);
    }
}
