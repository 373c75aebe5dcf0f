package io.mcpguard.core.audit;

import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.JournalFormat.Header;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The segments of a folder by what they say they are, and the files that are not what their names say. */
final class ChainFiles {

    private final SortedMap<ChainId, SortedMap<SegmentId, Path>> chains = new TreeMap<>();
    private final Findings findings;

    private ChainFiles(Findings findings) {
        this.findings = findings;
    }

    static ChainFiles in(JournalFolder folder, Findings findings) throws IOException {
        ChainFiles files = new ChainFiles(findings);
        for (Path file : folder.walFiles()) {
            files.add(file);
        }
        return files;
    }

    SortedMap<ChainId, SortedMap<SegmentId, Path>> chains() {
        return chains;
    }

    SortedMap<SegmentId, Path> segments(ChainId chain) {
        return chains.getOrDefault(chain, new TreeMap<>());
    }

    /** What the first record of a chain says; null when that record is not there or cannot be read. */
    @Nullable Genesis genesis(ChainId chain) throws IOException {
        Path file = segments(chain).get(new SegmentId(chain, 1));
        if (file == null) {
            return null;
        }
        try (SegmentScanner scanner = new SegmentScanner(file)) {
            if (scanner.next() instanceof Frame first && first.sequence() == 1) {
                return Genesis.of(AuditEventJson.parse(first.payload())).orElse(null);
            }
            return null;
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    private void add(Path file) throws IOException {
        String name = file.getFileName().toString();
        findings.segment();
        Optional<SegmentId> named = SegmentId.parse(name);
        Optional<SegmentId> said;
        try (SegmentScanner scanner = new SegmentScanner(file)) {
            said = scanner.header().map(Header::id);
        }
        SegmentId id = said.or(() -> named).orElse(null);
        if (id == null) {
            findings.damage(Kind.FOREIGN, name, 0, null, 0, 0, "The file is no segment of a journal.");
            return;
        }
        SortedMap<SegmentId, Path> segments = chains.computeIfAbsent(id.chain(), any -> new TreeMap<>());
        Path other = segments.putIfAbsent(id, file);
        if (other != null) {
            String right = name.equals(id.fileName()) ? other.getFileName().toString() : name;
            segments.put(id, name.equals(id.fileName()) ? file : other);
            findings.damage(
                    Kind.FOREIGN,
                    right,
                    0,
                    id.chain(),
                    id.firstSequence(),
                    id.firstSequence(),
                    "The file is a" + " copy of " + id.fileName() + ".");
        } else if (!name.equals(id.fileName())) {
            findings.damage(
                    Kind.SWAPPED,
                    name,
                    0,
                    id.chain(),
                    id.firstSequence(),
                    id.firstSequence(),
                    "The file holds" + " the segment " + id.fileName() + ".");
        }
    }
}
