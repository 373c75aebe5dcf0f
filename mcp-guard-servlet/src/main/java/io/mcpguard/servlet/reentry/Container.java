package io.mcpguard.servlet.reentry;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A server that can be entered without a socket.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Container {

    /**
     * Finds the connector by which a caller's own request came in.
     *
     * @param localPort port of the service that the caller's request arrived at
     * @return where a call for this caller enters, or empty when the container has no such connector
     */
    Optional<Entrance> at(int localPort);

    /**
     * Says so when the container is of a version that re-entry has not been tested on.
     *
     * @return why re-entry is not to be used, or empty when nothing speaks against it
     */
    default Optional<String> untested() {
        return Optional.empty();
    }

    /** Takes note of the connector by which the request of this thread came in, where connectors are known by requests. */
    default void meet() {}

    /**
     * Where calls enter a container: one of its connectors.
     *
     * @since 0.1
     */
    @FunctionalInterface
    interface Entrance {

        /**
         * Lets a call in. Returns at once: the container's work is done on {@link InnerExchange#threads()}.
         *
         * <p>The container tells the exchange what it answered, and that it is {@link InnerExchange#end() over} in any case.
         *
         * @param exchange the call
         * @return makes what the container still writes fail, for when nobody waits for it any more
         */
        Runnable enter(InnerExchange exchange);

        /**
         * Returns how many requests the container itself has counted here.
         *
         * @return the number, or empty when it does not count
         */
        default OptionalLong served() {
            return OptionalLong.empty();
        }
    }
}
