package io.mcpguard.servlet.entry;

import io.mcpguard.core.inner.Tap;
import io.mcpguard.servlet.exchange.Way;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The response to a request of the start-up check: sees who is the first to answer. */
final class Watched extends HttpServletResponseWrapper {

    private final Tap<HttpServletRequest> tap;
    private final AtomicBoolean touched = new AtomicBoolean();

    private Watched(HttpServletResponse response, Tap<HttpServletRequest> tap) {
        super(response);
        this.tap = tap;
    }

    static void follow(
            Tap<HttpServletRequest> tap, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        tap.entered(request);
        chain.doFilter(request, new Watched(response, tap));
    }

    private void touch() {
        if (touched.compareAndSet(false, true)) {
            tap.answered(Way.here());
        }
    }

    @Override
    public void setStatus(int status) {
        touch();
        super.setStatus(status);
    }

    @Override
    public void sendError(int status) throws IOException {
        touch();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        touch();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        touch();
        super.sendRedirect(location);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        touch();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        touch();
        return super.getWriter();
    }
}
