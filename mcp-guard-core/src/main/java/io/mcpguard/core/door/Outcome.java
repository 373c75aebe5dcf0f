package io.mcpguard.core.door;

import io.mcpguard.core.guard.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Where the end of an exchange is recorded, before the answer leaves.
 *
 * @since 0.1
 */
public interface Outcome {

    /**
     * The answer begins to leave while it is still being produced. Called at most once, before {@link #ended}.
     *
     * @param status HTTP status of the answer
     * @return empty when the answer may leave, else what to answer instead
     */
    Optional<Refusal> started(int status);

    /**
     * The answer is complete. Called exactly once.
     *
     * @param status HTTP status of the answer
     * @param bytesOut size of its body, as far as it is known
     * @return empty when the answer may leave, else what to answer instead if nothing has left yet
     */
    Optional<Refusal> ended(int status, long bytesOut);

    /**
     * Says how an answer of the service that asks for a credential is to ask. Called before it leaves.
     *
     * @param status HTTP status of the answer
     * @return a value for each line of WWW-Authenticate, in the place of those for tokens; empty when the service's own stand
     */
    default List<String> challenges(int status) {
        return List.of();
    }

    /**
     * The answer begins to leave and goes on where its end cannot be seen. Called at most once, in place of {@link #ended}.
     *
     * @param status HTTP status of the answer
     * @return empty when the answer may leave, else what to answer instead
     */
    default Optional<Refusal> unfollowed(int status) {
        return ended(status, 0);
    }
}
