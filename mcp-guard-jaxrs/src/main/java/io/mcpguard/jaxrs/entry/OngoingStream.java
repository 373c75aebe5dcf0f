package io.mcpguard.jaxrs.entry;

import io.mcpguard.core.guard.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Takes an answer that goes on after its writer has returned: nothing leaves before its start is on record, nor its end before its end is. */
final class OngoingStream extends OutputStream {

    private final OutputStream target;
    private final Recorded recorded;
    private final boolean refused;
    private long passedOn;

    /** Records the start; where that is not possible, says so to the caller in place of the answer. */
    OngoingStream(OutputStream target, Recorded recorded) throws IOException {
        this.target = target;
        this.recorded = recorded;
        Optional<Refusal> refusal = recorded.started();
        this.refused = refusal.isPresent();
        if (refusal.isPresent()) {
            recorded.failed(refusal.get().reason().httpStatus(), 0);
            target.write(refusal.get().problem());
        }
    }

    boolean isRefused() {
        return refused;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!refused) {
            unlessBroken(() -> target.write(bytes, offset, length));
            passedOn += length;
        }
    }

    @Override
    public void flush() throws IOException {
        unlessBroken(target::flush);
    }

    private interface Writing {
        void write() throws IOException;
    }

    /** Recorded here, since Jersey does not close a stream that cannot be flushed. */
    private void unlessBroken(Writing writing) throws IOException {
        try {
            writing.write();
        } catch (IOException | RuntimeException | Error e) {
            recorded.failed(500, passedOn);
            throw e;
        }
    }

    /** What has left cannot be called back: the outcome keeper logs a record of the end that is missing. */
    @Override
    public void close() throws IOException {
        recorded.ended(passedOn);
        target.close();
    }
}
