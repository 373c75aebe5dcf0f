package io.mcpguard.servlet.entry;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request, up to a bound. */
final class BodyReading implements ReadListener {

    private static final int CHUNK = 8192;

    private final ServletInputStream in;
    private final int maxBytes;
    private final Received received;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** Where a body goes. */
    interface Received {
        void whole(byte[] body);

        void tooLarge();

        void lost(Throwable failure);
    }

    BodyReading(ServletInputStream in, int maxBytes, Received received) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.received = received;
    }

    /**
     * Reads what has come with the head, which for nearly every call is all of it.
     *
     * @param length how long the body is, or negative when nobody knows
     * @return the body, or null when it is long or not all there; then {@link #begin} reads on
     */
    byte @Nullable [] atHand(int length) throws IOException {
        if (length < 0 || length > CHUNK) {
            return null;
        }
        byte[] buffer = new byte[length];
        int count = 0;
        while (count < length && in.available() > 0) {
            int more = in.read(buffer, count, length - count);
            if (more <= 0) {
                break;
            }
            count += more;
        }
        if (count == length) {
            return buffer;
        }
        body.write(buffer, 0, count);
        return null;
    }

    void begin() throws IOException {
        try {
            in.setReadListener(this);
        } catch (UnsupportedOperationException e) {
            // A filter of the service has put a stream of its own in between, which can only block.
            body.write(in.readNBytes(maxBytes + 1 - body.size()));
            onAllDataRead();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = new byte[CHUNK];
        while (in.isReady() && !in.isFinished()) {
            int count = in.read(buffer);
            if (count > 0 && body.size() <= maxBytes) {
                body.write(buffer, 0, count);
            }
            if (body.size() > maxBytes) {
                received.tooLarge();
                return;
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (body.size() > maxBytes) {
            received.tooLarge();
        } else {
            received.whole(body.toByteArray());
        }
    }

    @Override
    public void onError(Throwable failure) {
        received.lost(failure);
    }
}
