package io.mcpguard.core.checkpoint;

import io.mcpguard.core.audit.RecordMark;
import java.util.HashMap;
import java.util.Map;

/**
 * The order in which checkpoints are made: the chains one after the other, and each from front to back. The last of a chain
 * may stand after the first of the next, since a process lets go of the journal before it signs its end.
 */
final class NoteOrder {

    private final Map<String, Checkpoint> latest = new HashMap<>();
    private String newest = "";

    /** What is wrong with the place of a checkpoint. */
    enum Fault {
        NONE,
        /** It stands where an earlier one belongs. */
        PLACE,
        /** The clock had gone back when it was made, which may happen. */
        CLOCK
    }

    Fault next(Checkpoint checkpoint) {
        RecordMark mark = checkpoint.mark();
        Checkpoint before = latest.get(mark.chain());
        boolean early = before == null
                ? mark.chain().compareTo(newest) < 0
                : before.mark().isAfter(mark);
        if (early) {
            return Fault.PLACE;
        }
        if (before == null) {
            newest = mark.chain();
        }
        latest.put(mark.chain(), checkpoint);
        return before != null && checkpoint.time().isBefore(before.time()) ? Fault.CLOCK : Fault.NONE;
    }
}
