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
import java.util.Locale;
import java.util.Optional;
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

    /**
     * Reads the body of a request ahead, when it is JSON of a stated and reasonable size. All other bodies are left to the
     * service alone.
     *
     * @param request the request
     * @param maxBytes the largest body to read
     * @return the body, or empty when it was not touched
     * @throws IOException when the caller went away
     */
    public static Optional<byte[]> readAhead(HttpServletRequest request, int maxBytes) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 1 || length > maxBytes || request.getHeader("Content-Encoding") != null || !isJson(request)) {
            return Optional.empty();
        }
        return Optional.of(request.getInputStream().readNBytes((int) length));
    }

    private static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null) {
            return false;
        }
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return media.equals("application/json") || media.endsWith("+json");
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
