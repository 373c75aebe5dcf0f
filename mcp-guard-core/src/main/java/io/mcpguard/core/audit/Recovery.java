package io.mcpguard.core.audit;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.TipFile.State;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a journal finds when it is opened, after it has put the end of the last chain in order.
 *
 * @param lastEpoch number of the newest chain of which there is a trace, 0 in a new folder
 * @param previous the end of the last chain: what the tip says, or what was written after it
 * @param tipState {@code found}, {@code missing}, {@code damaged}, or {@link #NEW} in a new folder
 * @param tornBytes bytes of records that were being written when the process died, now cut off
 * @param orphans intents without an end
 */
record Recovery(int lastEpoch, @Nullable Tip previous, String tipState, long tornBytes, List<AuditEvent> orphans) {

    static final String NEW = "none";
    static final String FOUND = "found";

    /** Looks at a folder that the caller has locked. */
    static Recovery of(JournalFolder folder) throws IOException {
        TipFile.Reading reading = TipFile.read(folder.tip());
        List<SegmentId> segments = new ArrayList<>(folder.segments());
        Tip tip = reading.tip();
        int lastEpoch = tip == null ? 0 : tip.chain().epoch();
        if (!segments.isEmpty()) {
            lastEpoch = Math.max(
                    lastEpoch, segments.get(segments.size() - 1).chain().epoch());
        }
        boolean isNew = segments.isEmpty() && tip == null && isEmptyOrMissing(folder);
        SegmentEnd end = null;
        long torn = 0;
        while (end == null && !segments.isEmpty()) {
            SegmentId last = segments.get(segments.size() - 1);
            SegmentEnd found = SegmentEnd.of(folder, last, tip);
            torn += found.cutTail(folder, tip);
            if (found.isEmpty()) {
                segments.remove(last);
            } else {
                end = found;
            }
        }
        String state = isNew ? NEW : state(reading, end).name().toLowerCase(Locale.ROOT);
        List<AuditEvent> orphans =
                end == null || end.isClosedWithoutOpenCalls() ? List.of() : new OrphanSearch(folder, segments).find();
        return new Recovery(lastEpoch, previous(end, tip), state, torn, orphans);
    }

    /** A kill in the middle of a slot leaves the other one, and records that nobody got to name in the tip. */
    private static State state(TipFile.Reading reading, @Nullable SegmentEnd end) {
        Tip tip = reading.tip();
        if (reading.state() != State.HALF || tip == null) {
            return reading.state();
        }
        return end != null && end.tip().isAfter(tip) ? State.FOUND : State.DAMAGED;
    }

    private static boolean isEmptyOrMissing(JournalFolder folder) throws IOException {
        return !Files.exists(folder.tip()) || Files.size(folder.tip()) == 0;
    }

    /** The later one of what was written and what the tip says; when they contradict each other, what the tip says. */
    private static @Nullable Tip previous(@Nullable SegmentEnd end, @Nullable Tip tip) {
        if (end == null || tip == null) {
            return end == null ? tip : end.tip();
        }
        return end.reaches(tip) ? end.tip() : tip;
    }
}
