package io.mcpguard.servlet.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * How a request is answered that has passed the service's authentication without anybody being established.
 *
 * <p>The service's authorization would refuse it as well, but in words that clients of another protocol do not understand.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UnauthenticatedAnswer {

    /**
     * Answers.
     *
     * @param request the request
     * @param response its response, of which nothing has left
     * @throws IOException when the caller is gone
     */
    void write(HttpServletRequest request, HttpServletResponse response) throws IOException;

    /**
     * Ties the answer to a request.
     *
     * @param request the request
     */
    default void attachTo(HttpServletRequest request) {
        request.setAttribute(UnauthenticatedAnswer.class.getName(), this);
    }

    /**
     * Finds the answer of a request.
     *
     * @param request any request of the service
     * @return the answer, or empty when the service is to answer in its own way
     */
    static Optional<UnauthenticatedAnswer> of(HttpServletRequest request) {
        return Optional.ofNullable((UnauthenticatedAnswer) request.getAttribute(UnauthenticatedAnswer.class.getName()));
    }
}
