package io.mcpguard.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;

/** One TLS connection with frames of RFC 5425: the length of a message in octets, a space, the message. */
final class SyslogConnection implements Closeable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int REFUSAL_MILLIS = 50;

    private final Socket plain;
    private final SSLSocket tls;
    private final OutputStream out;

    /**
     * Takes over a connection.
     *
     * @param plain what is closed: closing TLS itself writes, and waits for whoever writes
     * @param tls the layer above it
     */
    SyslogConnection(Socket plain, SSLSocket tls) throws IOException {
        this.plain = plain;
        this.tls = tls;
        this.out = new BufferedOutputStream(tls.getOutputStream(), BUFFER_BYTES);
    }

    void send(String message) throws IOException {
        byte[] octets = message.getBytes(UTF_8);
        out.write((octets.length + " ").getBytes(US_ASCII));
        out.write(octets);
    }

    /**
     * Writes what is buffered, and waits a little for a refusal that is on its way back: of a client without a certificate, or of a
     * receiver that goes away, which would else look like one that has read everything.
     */
    void finish(Deadline deadline) throws IOException {
        out.flush();
        if (hasEnded(REFUSAL_MILLIS, deadline)) {
            throw new IOException("it closed the connection");
        }
    }

    /** Whether the receiver has not ended the connection, as far as can be seen without waiting. */
    boolean isAlive(Deadline deadline) throws SocketTimeoutException {
        deadline.guard(plain);
        try {
            return !hasEnded(1, deadline);
        } catch (IOException e) {
            return false;
        }
    }

    /** Looks for an end so long. The receiver has nothing else to say. */
    private boolean hasEnded(int millis, Deadline deadline) throws IOException {
        tls.setSoTimeout(Math.min(millis, deadline.leftMillis()));
        try {
            return tls.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Says that nothing more comes, and waits until the receiver ends the connection because of it. */
    void end(Deadline deadline) throws IOException {
        deadline.guard(plain);
        tls.shutdownOutput();
        tls.setSoTimeout(deadline.leftMillis());
        try {
            while (tls.getInputStream().read() >= 0) {
                tls.setSoTimeout(deadline.leftMillis());
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("it did not end the connection at the end of the batch", e);
        }
    }

    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
