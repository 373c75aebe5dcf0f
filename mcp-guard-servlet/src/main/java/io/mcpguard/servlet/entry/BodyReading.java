package io.mcpguard.servlet.entry;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

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

    void begin() throws IOException {
        try {
            in.setReadListener(this);
        } catch (UnsupportedOperationException e) {
            // A filter of the service has put a stream of its own in between, which can only block.
            body.write(in.readNBytes(maxBytes + 1));
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
