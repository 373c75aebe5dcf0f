package io.mcpguard.servlet.exchange;

import io.mcpguard.core.door.Outcome;
import io.mcpguard.core.guard.Refusal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer back until its outcome is on record.
 *
 * <p>Up to a bound the body waits in memory and leaves when the exchange is over. A larger body, or a flushed one of a type
 * that is made to be read piece by piece, is passed on as it is produced once a record says that it has started. When a record
 * cannot be written and nothing has left yet, a problem document leaves instead.
 *
 * @since 0.1
 */
public final class RecordedResponse extends HttpServletResponseWrapper {

    private enum State {
        /** Nothing has left; the body waits in memory. */
        HELD,
        /** The start is on record and the body is passed on. */
        STREAMING,
        /** The outcome is on record; everything is passed on. */
        SETTLED,
        /** A problem document has left instead; what the service still writes is dropped. */
        REPLACED
    }

    /** Types of which a part is worth something before the rest is there. All others are complete or nothing. */
    private static final List<String> PIECEWISE = List.of(
            "text/event-stream", "application/x-ndjson", "application/jsonl", "application/stream+json", "multipart/");

    private static final String AUTHENTICATE = "WWW-Authenticate";
    private static final Pattern FOR_TOKENS = Pattern.compile("(?i)(bearer|dpop)\\b");

    private final Outcome outcome;
    private final int maxHeldBytes;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private State state = State.HELD;
    private boolean committed;
    private long passedOn;
    private @Nullable RecordedStream stream;
    private @Nullable PrintWriter writer;

    /**
     * Makes a response that records.
     *
     * @param response the container's response
     * @param outcome where the end is recorded
     * @param maxHeldBytes how much of a body waits in memory
     */
    public RecordedResponse(HttpServletResponse response, Outcome outcome, int maxHeldBytes) {
        super(response);
        this.outcome = outcome;
        this.maxHeldBytes = maxHeldBytes;
    }

    private HttpServletResponse target() {
        return (HttpServletResponse) getResponse();
    }

    /**
     * Ends the exchange: records the outcome and lets the answer go. Further calls do nothing.
     *
     * @throws IOException when the caller is gone; the outcome is on record all the same
     */
    public synchronized void finish() throws IOException {
        PrintWriter open = writer;
        if (open != null) {
            open.flush();
        }
        if (state == State.HELD) {
            int size = held.size();
            if (settle(target().getStatus(), size)) {
                if (size > 0) {
                    target().getOutputStream().write(held.toByteArray());
                }
            }
        } else if (state == State.STREAMING) {
            state = State.SETTLED;
            // What has left cannot be called back; the outcome keeper has logged a record that is missing.
            outcome.ended(target().getStatus(), passedOn);
        }
    }

    /**
     * Ends the exchange of a request that failed with an exception, which the container is about to turn into an error page.
     *
     * @param status HTTP status of that page
     * @return true when the exception may be passed on, false when a problem document has left instead
     * @throws IOException when the caller is gone
     */
    public synchronized boolean fail(int status) throws IOException {
        if (state == State.HELD) {
            return settle(status, 0);
        }
        if (state == State.STREAMING) {
            state = State.SETTLED;
            outcome.ended(status, passedOn);
        }
        return state != State.REPLACED;
    }

    /** Returns whether the answer may leave. */
    private boolean settle(int status, long bytes) throws IOException {
        state = State.SETTLED;
        challenge(status);
        return replacedBy(outcome.ended(status, bytes));
    }

    /** The service's resource server does not know where clients of MCP find its metadata; its other challenges stand. */
    private void challenge(int status) {
        List<String> challenges = outcome.challenges(status);
        if (!challenges.isEmpty() && !target().isCommitted()) {
            List<String> others = target().getHeaders(AUTHENTICATE).stream()
                    .filter(known -> !FOR_TOKENS.matcher(known).lookingAt())
                    .toList();
            target().setHeader(AUTHENTICATE, challenges.get(0));
            challenges.stream().skip(1).forEach(more -> target().addHeader(AUTHENTICATE, more));
            others.forEach(other -> target().addHeader(AUTHENTICATE, other));
        }
    }

    private boolean replacedBy(Optional<Refusal> refusal) throws IOException {
        if (refusal.isEmpty()) {
            return true;
        }
        state = State.REPLACED;
        held.reset();
        ProblemWriter.write(refusal.get(), target());
        return false;
    }

    private void stream() throws IOException {
        state = State.STREAMING;
        if (replacedBy(outcome.started(target().getStatus())) && held.size() > 0) {
            byte[] waiting = held.toByteArray();
            held.reset();
            passedOn += waiting.length;
            target().getOutputStream().write(waiting);
        }
    }

    synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (state == State.HELD && held.size() + length > maxHeldBytes) {
            stream();
        }
        switch (state) {
            case HELD -> held.write(bytes, offset, length);
            case STREAMING -> {
                passedOn += length;
                target().getOutputStream().write(bytes, offset, length);
            }
            case SETTLED -> target().getOutputStream().write(bytes, offset, length);
            case REPLACED -> {
                // The caller has been told that the outcome is not on record.
            }
        }
    }

    /** From here on the service decides when bytes leave. */
    synchronized ServletOutputStream passThrough() throws IOException {
        if (state == State.HELD) {
            stream();
        }
        return target().getOutputStream();
    }

    synchronized void count(long bytes) {
        passedOn += bytes;
    }

    /** Frameworks flush at the end of every answer, so that a flush alone is no reason to let it go. */
    synchronized void flush() throws IOException {
        committed = true;
        if (state == State.HELD && isPiecewise()) {
            stream();
        }
        if (state == State.STREAMING || state == State.SETTLED) {
            target().flushBuffer();
        }
    }

    private boolean isPiecewise() {
        String type = target().getContentType();
        return type != null && PIECEWISE.stream().anyMatch(type.toLowerCase(Locale.ROOT)::startsWith);
    }

    /**
     * Steps aside: somebody else has taken over the recording of this exchange.
     */
    public synchronized void release() {
        if (state == State.HELD && held.size() == 0) {
            state = State.SETTLED;
        }
    }

    @Override
    public synchronized ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("the writer is in use");
        }
        RecordedStream open = stream;
        if (open == null) {
            open = new RecordedStream(this);
            stream = open;
        }
        return open;
    }

    @Override
    public synchronized PrintWriter getWriter() throws IOException {
        PrintWriter open = writer;
        if (open == null) {
            if (stream != null) {
                throw new IllegalStateException("the output stream is in use");
            }
            // As the container does: from now on the content type names the charset.
            String charset = target().getCharacterEncoding();
            target().setCharacterEncoding(charset);
            open = new PrintWriter(new OutputStreamWriter(new RecordedStream(this), Charset.forName(charset)));
            writer = open;
        }
        return open;
    }

    @Override
    public synchronized void flushBuffer() throws IOException {
        PrintWriter open = writer;
        if (open != null) {
            open.flush();
        }
        flush();
    }

    @Override
    public synchronized boolean isCommitted() {
        return committed || state == State.STREAMING || state == State.REPLACED || target().isCommitted();
    }

    @Override
    public synchronized void reset() {
        requireHeld();
        super.reset();
        held.reset();
        stream = null;
        writer = null;
    }

    @Override
    public synchronized void resetBuffer() {
        requireHeld();
        super.resetBuffer();
        held.reset();
    }

    private void requireHeld() {
        if (isCommitted()) {
            throw new IllegalStateException("the response has been committed");
        }
    }

    @Override
    public synchronized void sendError(int status) throws IOException {
        sendError(status, null);
    }

    @Override
    public synchronized void sendError(int status, @Nullable String message) throws IOException {
        requireHeld();
        held.reset();
        if (state != State.HELD || settle(status, 0)) {
            super.sendError(status, message);
        }
    }

    @Override
    public synchronized void sendRedirect(String location) throws IOException {
        requireHeld();
        held.reset();
        if (state != State.HELD || settle(SC_FOUND, 0)) {
            super.sendRedirect(location);
        }
    }

    /**
     * The general redirect of Servlet 6.1. Overrides it there; on 6.0 nobody calls it.
     *
     * @param location where to
     * @param status HTTP status of the redirect
     * @param clearBuffer whether the body written so far is dropped
     * @throws IOException when the caller is gone
     */
    public synchronized void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        requireHeld();
        if (clearBuffer) {
            held.reset();
        }
        setStatus(status);
        setHeader("Location", location);
        committed = true;
        finish();
    }
}
