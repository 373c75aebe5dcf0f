package io.mcpguard.servlet.entry;

import io.mcpguard.core.resource.ProtectedResource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Answers whoever asks where to get a token (RFC 9728): the one route of the guard that needs no credential. What it says is
 * configuration, the same for everybody, and nothing of the service runs.
 */
final class MetadataDoor {

    private final Optional<ProtectedResource> resource;

    /**
     * Makes the door.
     *
     * @param resource what is said; empty when there is nothing to say
     */
    MetadataDoor(Optional<ProtectedResource> resource) {
        this.resource = resource;
    }

    /** Answers, if the document is asked for. */
    boolean answers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (resource.isEmpty() || !resource.get().isAskedFor(request.getRequestURI(), request.getContextPath())) {
            return false;
        }
        boolean get = request.getMethod().equals("GET");
        if (!get && !request.getMethod().equals("HEAD")) {
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            response.setHeader("Allow", "GET, HEAD");
            return true;
        }
        byte[] document = resource.get().document();
        response.setContentType("application/json");
        // Clients in web pages of anybody may read what is public anyway.
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cache-Control", "public, max-age=300");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(document.length);
        if (get) {
            response.getOutputStream().write(document);
        }
        return true;
    }
}
