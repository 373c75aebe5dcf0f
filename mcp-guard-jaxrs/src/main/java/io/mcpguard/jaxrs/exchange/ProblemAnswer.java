package io.mcpguard.jaxrs.exchange;

import io.mcpguard.core.guard.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * A refusal as a response: the same document and headers as on every other door.
 *
 * @since 0.1
 */
public final class ProblemAnswer {

    private ProblemAnswer() {}

    /**
     * Makes the response.
     *
     * @param refusal what was refused, already on record
     * @return a response whose body is the problem document
     */
    public static Response of(Refusal refusal) {
        Response.ResponseBuilder answer = Response.status(refusal.reason().httpStatus())
                .header(HttpHeaders.CONTENT_TYPE, Refusal.PROBLEM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(refusal.problem());
        if (refusal.retryAfterSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, refusal.retryAfterSeconds());
        }
        refusal.challenges().forEach(challenge -> answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge));
        return answer.build();
    }
}
