package io.mcpguard.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that remembers how far a sink has got: chain and number of the last record it has taken. */
final class SinkCursor {

    private static final Logger LOG = LoggerFactory.getLogger(SinkCursor.class);

    private final Path file;
    private final Path next;

    SinkCursor(JournalFolder folder, String sink) {
        this.file = folder.cursors().resolve(sink);
        this.next = folder.cursors().resolve(sink + ".next");
    }

    /** The last record taken, or null when the sink gets everything. */
    @Nullable SegmentId read() throws IOException {
        try {
            String[] words = Files.readString(file, US_ASCII).strip().split(" ", -1);
            ChainId chain = words.length == 2 ? ChainId.parse(words[0]).orElse(null) : null;
            if (chain != null) {
                return new SegmentId(chain, Long.parseLong(words[1]));
            }
        } catch (NoSuchFileException e) {
            return null;
        } catch (NumberFormatException e) {
            LOG.debug("The cursor {} holds no number", file, e);
        }
        LOG.warn("The cursor {} cannot be read; the sink gets the whole journal again", file);
        return null;
    }

    /** Replaces the file as a whole, so that a kill leaves the old or the new place. */
    void write(SegmentId place) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(next, place.chain() + " " + place.firstSequence() + "\n", US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
