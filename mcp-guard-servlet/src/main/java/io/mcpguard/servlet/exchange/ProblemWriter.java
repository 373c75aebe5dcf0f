package io.mcpguard.servlet.exchange;

import io.mcpguard.core.guard.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers a request with a refusal.
 *
 * @since 0.1
 */
public final class ProblemWriter {

    private ProblemWriter() {}

    /**
     * Writes the problem document of a refusal.
     *
     * @param refusal what was refused, already on record
     * @param response the response, of which nothing has left
     * @throws IOException when the caller is gone
     */
    public static void write(Refusal refusal, HttpServletResponse response) throws IOException {
        byte[] problem = refusal.problem();
        response.reset();
        response.setStatus(refusal.reason().httpStatus());
        response.setContentType(Refusal.PROBLEM_TYPE);
        response.setHeader("Cache-Control", "no-store");
        if (refusal.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Long.toString(refusal.retryAfterSeconds()));
        }
        refusal.challenges().forEach(challenge -> response.addHeader("WWW-Authenticate", challenge));
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
        response.flushBuffer();
    }
}
