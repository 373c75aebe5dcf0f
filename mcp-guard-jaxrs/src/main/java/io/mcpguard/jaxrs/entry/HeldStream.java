package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.guard.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Holds a body until its outcome is on record, and a large one until its start is. */
final class HeldStream extends OutputStream {

    private final OutputStream target;
    private final Recorded recorded;
    private final int maxHeldBytes;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean streaming;
    private boolean replaced;
    private long passedOn;

    HeldStream(OutputStream target, Recorded recorded, int maxHeldBytes) {
        this.target = target;
        this.recorded = recorded;
        this.maxHeldBytes = maxHeldBytes;
    }

    long passedOn() {
        return passedOn;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!streaming && !replaced && held.size() + length > maxHeldBytes) {
            stream();
        }
        if (replaced) {
            // The caller has been told that the outcome is not on record.
            return;
        }
        if (streaming) {
            passedOn += length;
            target.write(bytes, offset, length);
        } else {
            held.write(bytes, offset, length);
        }
    }

    /** Frameworks flush at the end of every answer, so that a flush alone is no reason to let it go. */
    @Override
    public void flush() throws IOException {
        if (streaming) {
            target.flush();
        }
    }

    @Override
    public void close() {
        // Ended by finish().
    }

    private void stream() throws IOException {
        streaming = true;
        Optional<Refusal> refusal = recorded.started();
        if (refusal.isPresent()) {
            replace(refusal.get());
            recorded.failed(refusal.get().reason().httpStatus(), 0);
            return;
        }
        passedOn += held.size();
        held.writeTo(target);
        held.reset();
    }

    private void replace(Refusal refusal) throws IOException {
        replaced = true;
        held.reset();
        target.write(refusal.problem());
    }

    /** Records the outcome and lets the answer go. */
    void finish() throws IOException {
        if (replaced) {
            return;
        }
        Optional<Refusal> refusal = recorded.ended(streaming ? passedOn : held.size());
        if (streaming) {
            // What has left cannot be called back; the outcome keeper has logged a record that is missing.
            return;
        }
        if (refusal.isPresent()) {
            replace(refusal.get());
        } else {
            held.writeTo(target);
        }
    }
}
