package io.mcpguard.feature;

import io.mcpguard.answer.ClientCapability;
import io.mcpguard.decision.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call of a feature, as its handler sees it. Safe for use by many threads.
 *
 * <p>JSON values are plain Java values, as package {@code io.mcpguard.answer} says.
 *
 * @since 0.1
 */
public interface FeatureCall {

    /**
     * Returns the id that all records of the call carry.
     *
     * @return the id
     */
    UUID id();

    /**
     * Returns who calls.
     *
     * @return the caller
     */
    Caller caller();

    /**
     * Returns the arguments: of a tool those that fit its input schema, of a prompt its texts, of a resource the variables of
     * its template.
     *
     * @return an unmodifiable map, empty when there are none
     */
    Map<String, @Nullable Object> arguments();

    /**
     * Returns the URI that is read.
     *
     * @return the URI of a resource, empty text for tools and prompts
     */
    String uri();

    /**
     * Says whether the client has declared a capability with this request. A client of an earlier revision has none.
     *
     * @param capability which one
     * @return whether it may be asked for
     */
    boolean clientCan(ClientCapability capability);

    /**
     * Returns what the client sent for a question of {@link io.mcpguard.answer.InputRequired}. Untrusted, and of any shape.
     *
     * @param key the key of the question
     * @return a JSON value, or empty when there is no answer to it
     */
    Optional<Object> input(String key);

    /**
     * Returns the state that an earlier answer gave, for the same caller, feature and arguments.
     *
     * @return the state, or empty when this is the first request
     */
    Optional<String> state();

    /**
     * Tells the client how far the call is, if it asked to be told. Values must rise; one that does not is left out.
     *
     * @param progress how far
     * @param total how far it will be at the end, if that is known
     * @param message what is being done; empty for nothing
     */
    void progress(double progress, OptionalDouble total, String message);

    /**
     * Sends the client a message for its log, if it asked for that level.
     *
     * @param level how severe it is
     * @param logger what it is about; empty for nothing
     * @param data a JSON value, usually text
     */
    void log(LogLevel level, String logger, @Nullable Object data);

    /**
     * Says whether the client has given up, or the time for the call is over. What the handler still answers is dropped.
     *
     * @return whether it may stop
     */
    boolean cancelled();

    /**
     * Runs something when the call is cancelled; at once when it is already.
     *
     * @param action quick and without blocking
     */
    void onCancel(Runnable action);
}
