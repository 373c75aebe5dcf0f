package io.mcpguard.servlet.exchange;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose JSON body has been read ahead for the record, and is there for the service once more.
 *
 * @since 0.1
 */
public final class ReplayedRequest extends HttpServletRequestWrapper {

    private final ReplayedBody body;
    private @Nullable BufferedReader reader;

    /**
     * Puts a body back.
     *
     * @param request the request it was read from
     * @param bytes the body, not copied
     */
    public ReplayedRequest(HttpServletRequest request, byte[] bytes) {
        super(request);
        this.body = new ReplayedBody(bytes, request);
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        BufferedReader open = reader;
        if (open == null) {
            open = new BufferedReader(new InputStreamReader(body, charset()));
            reader = open;
        }
        return open;
    }

    private Charset charset() throws UnsupportedEncodingException {
        String name = getCharacterEncoding();
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedEncodingException(name);
        }
    }
}
