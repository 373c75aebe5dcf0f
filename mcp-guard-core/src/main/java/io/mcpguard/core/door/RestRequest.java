package io.mcpguard.core.door;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A REST request as the guard sees it, whatever server it came in at.
 *
 * @since 0.1
 */
public interface RestRequest {

    /**
     * Returns the method.
     *
     * @return HTTP method as it stands now
     */
    String method();

    /**
     * Returns the path as it stands on the wire.
     *
     * @return percent-encoded path from the root of the host
     */
    String rawPath();

    /**
     * Returns the query as it stands on the wire.
     *
     * @return percent-encoded query, or empty when there is none
     */
    Optional<String> rawQuery();

    /**
     * Reads all lines of a header.
     *
     * @param name name of the header in any case
     * @return its values in order
     */
    List<String> header(String name);

    /**
     * Returns the stated size of the body.
     *
     * @return bytes, negative when the request does not say
     */
    long bodyBytes();

    /**
     * Reads the whole body ahead of the service, which must still find it there. Called once at most, and only when its size is
     * stated and small.
     *
     * @return the body
     * @throws IOException when the caller went away
     */
    byte[] readAhead() throws IOException;
}
