package io.mcpguard.servlet.exchange;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a {@link RecordedResponse}. */
final class RecordedStream extends ServletOutputStream {

    private final RecordedResponse response;
    /** The container's stream, once the service writes without blocking. */
    private @Nullable ServletOutputStream direct;

    RecordedStream(RecordedResponse response) {
        this.response = response;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ServletOutputStream unblocked = direct;
        if (unblocked == null) {
            response.write(bytes, offset, length);
        } else {
            response.count(length);
            unblocked.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        ServletOutputStream unblocked = direct;
        if (unblocked == null) {
            response.flush();
        } else {
            unblocked.flush();
        }
    }

    @Override
    public void close() throws IOException {
        ServletOutputStream unblocked = direct;
        if (unblocked == null) {
            response.finish();
        } else {
            unblocked.close();
        }
    }

    @Override
    public boolean isReady() {
        ServletOutputStream unblocked = direct;
        return unblocked == null || unblocked.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            ServletOutputStream unblocked = response.passThrough();
            direct = unblocked;
            unblocked.setWriteListener(listener);
        } catch (IOException e) {
            listener.onError(e);
        }
    }
}
