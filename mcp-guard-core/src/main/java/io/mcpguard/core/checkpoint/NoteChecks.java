package io.mcpguard.core.checkpoint;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.core.audit.JournalDamage;
import io.mcpguard.core.audit.JournalDamage.Kind;
import io.mcpguard.core.audit.RecordMark;
import io.mcpguard.core.audit.RecordVisitor;
import io.mcpguard.core.checkpoint.CheckpointKeys.Worth;
import io.mcpguard.core.checkpoint.NoteOrder.Fault;
import io.mcpguard.core.checkpoint.NoteScanner.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds notes against keys, and against the records of a journal as they pass. For one thread, for one use. */
final class NoteChecks implements RecordVisitor {

    private final CheckpointKeys keys;
    private final Map<Place, List<Claim>> claims = new LinkedHashMap<>();
    private final Set<String> signatures = new HashSet<>();
    private final List<Recorded> recorded = new ArrayList<>();
    private final Map<String, Long> ends = new HashMap<>();
    final List<JournalDamage> damages = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();
    private @Nullable Checkpoint latest;
    private long valid;
    private long after;
    private long unseen;

    /** A record by its place alone. */
    private record Place(String chain, long sequence) {}

    /** What a note in a file says of a record. */
    private record Claim(Checkpoint checkpoint, String label, long offset) {}

    /** A note that a record says was made. */
    private record Recorded(SignedNote note, String file, long offset, RecordMark mark) {}

    NoteChecks(CheckpointKeys keys) {
        this.keys = keys;
    }

    /** Takes the notes of one file; those of the journal's own file stand in the order in which they were made. */
    void take(NoteList list, boolean ownFile) {
        damages.addAll(list.damages());
        remarks.addAll(list.remarks());
        NoteOrder order = new NoteOrder();
        for (Found found : list.notes()) {
            SignedNote note = found.note();
            Checkpoint checkpoint = note.checkpoint();
            Worth worth = worth(note);
            if (worth == Worth.VALID) {
                valid++;
            } else if (!keys.isEmpty()) {
                signature(worth, list.label(), found);
            }
            if (worth != Worth.FORGED) {
                RecordMark mark = checkpoint.mark();
                claims.computeIfAbsent(new Place(mark.chain(), mark.sequence()), any -> new ArrayList<>())
                        .add(new Claim(checkpoint, list.label(), found.offset()));
            }
            if (ownFile) {
                own(note, list.label(), found.offset(), order.next(checkpoint));
            }
        }
    }

    private Worth worth(SignedNote note) {
        return keys.isEmpty() ? Worth.UNKNOWN : keys.worth(note);
    }

    private void signature(Worth worth, String label, Found found) {
        boolean forged = worth == Worth.FORGED;
        damage(
                forged ? Kind.EDITED : Kind.FOREIGN,
                label,
                found.offset(),
                found.note().checkpoint().mark(),
                forged
                        ? "The checkpoint is not what was signed."
                        : "The checkpoint is signed with a key that is not known here.");
    }

    private void own(SignedNote note, String label, long offset, Fault fault) {
        Checkpoint checkpoint = note.checkpoint();
        if (!signatures.add(identity(note))) {
            damage(Kind.FOREIGN, label, offset, checkpoint.mark(), "The checkpoint stands here a second time.");
        } else if (fault == Fault.PLACE) {
            damage(Kind.SWAPPED, label, offset, checkpoint.mark(), "The checkpoint stands after a later one.");
        } else if (fault == Fault.CLOCK) {
            remarks.add(label + " at byte " + offset + ": the clock had gone back to " + checkpoint.time()
                    + " when this checkpoint was made.");
        }
        if (latest == null || !latest.mark().isAfter(checkpoint.mark())) {
            latest = checkpoint;
        }
    }

    private static String identity(SignedNote note) {
        return note.checkpoint().body() + note.signatures().get(0).base64();
    }

    @Override
    public void visit(RecordMark mark, Optional<AuditEvent> event, String file, long offset) {
        ends.put(mark.chain(), mark.sequence());
        if (latest != null && mark.isAfter(latest.mark())) {
            after++;
        }
        List<Claim> claimed = claims.remove(new Place(mark.chain(), mark.sequence()));
        if (claimed != null) {
            for (Claim claim : claimed) {
                compare(claim, mark, file, offset);
            }
        }
        if (event.isPresent() && CheckpointRecord.isOne(event.get())) {
            Optional<SignedNote> note = CheckpointRecord.read(event.get());
            if (note.isPresent()) {
                recorded.add(new Recorded(note.get(), file, offset, mark));
            } else {
                damage(Kind.EDITED, file, offset, mark, "The record holds no checkpoint, though it says so.");
            }
        }
    }

    private void compare(Claim claim, RecordMark mark, String file, long offset) {
        if (!claim.checkpoint().mark().hash().equals(mark.hash())) {
            damage(
                    Kind.EDITED,
                    file,
                    offset,
                    mark,
                    "Record " + mark.sequence() + ", or one before it, is not what the checkpoint of "
                            + claim.checkpoint().time() + " in " + claim.label() + " at byte " + claim.offset()
                            + " is of.");
        }
    }

    /** Says whether a record names a note that the journal's own file does not hold, as read so far. */
    boolean lacksNotes() {
        return recorded.stream().anyMatch(one -> !signatures.contains(identity(one.note())));
    }

    /** Notes that have been made since the file was read. */
    void know(NoteList now) {
        now.notes().forEach(found -> signatures.add(identity(found.note())));
    }

    /**
     * What is left when all records have passed.
     *
     * @param removed the last of the records that the journal says it has deleted; null when there are none
     */
    void end(@Nullable RecordMark removed) {
        claims.forEach((place, unmet) -> unmet.forEach(claim -> {
            if (removed == null || claim.checkpoint().mark().isAfter(removed)) {
                unmet(place, claim);
            } else {
                removed(claim, removed);
            }
        }));
        if (unseen > 0) {
            remarks.add(unseen
                    + " checkpoints are of records that the journal has deleted; they prove an archive of those.");
        }
        for (Recorded one : recorded) {
            if (!signatures.contains(identity(one.note()))) {
                damage(
                        Kind.MISSING,
                        NoteFile.NAME,
                        0,
                        one.note().checkpoint().mark(),
                        "The checkpoint that record " + one.mark().sequence() + " of chain "
                                + one.mark().chain() + " (" + one.file() + " at byte " + one.offset()
                                + ") was made with is missing.");
            }
        }
    }

    private void removed(Claim claim, RecordMark last) {
        RecordMark mark = claim.checkpoint().mark();
        boolean isLast = mark.chain().equals(last.chain()) && mark.sequence() == last.sequence();
        if (isLast && !mark.hash().equals(last.hash())) {
            damage(
                    Kind.EDITED,
                    claim.label(),
                    claim.offset(),
                    mark,
                    "The last record that was deleted is not what the checkpoint of "
                            + claim.checkpoint().time() + " is of.");
        } else {
            unseen++;
        }
    }

    private void unmet(Place place, Claim claim) {
        long end = ends.getOrDefault(place.chain(), 0L);
        RecordMark mark = claim.checkpoint().mark();
        String proves = "the checkpoint of " + claim.checkpoint().time() + " proves that it was written.";
        if (end == 0) {
            damage(
                    Kind.MISSING,
                    claim.label(),
                    claim.offset(),
                    mark,
                    "The whole chain " + place.chain() + " is missing, up to record " + place.sequence() + " at least: "
                            + proves);
        } else if (end < place.sequence()) {
            damages.add(new JournalDamage(
                    Kind.TRUNCATED,
                    claim.label(),
                    claim.offset(),
                    place.chain(),
                    end + 1,
                    place.sequence(),
                    "The chain ends at record " + end + ", and record " + place.sequence() + " is missing: " + proves));
        } else {
            damage(
                    Kind.MISSING,
                    claim.label(),
                    claim.offset(),
                    mark,
                    "Record " + place.sequence() + " is missing: " + proves);
        }
    }

    private void damage(Kind kind, String file, long offset, RecordMark mark, String text) {
        damages.add(new JournalDamage(kind, file, offset, mark.chain(), mark.sequence(), mark.sequence(), text));
    }

    Optional<Checkpoint> latest() {
        return Optional.ofNullable(latest);
    }

    /** How many notes carry a signature that one of the keys verifies. */
    long valid() {
        return valid;
    }

    /** How many records have been written since the latest checkpoint. */
    long after() {
        return after;
    }
}
