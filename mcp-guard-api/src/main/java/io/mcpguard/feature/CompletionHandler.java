package io.mcpguard.feature;

import io.mcpguard.decision.Caller;
import java.util.List;
import java.util.Map;

/**
 * Offers values for an argument of a prompt or a variable of a resource template. Called on the request's own thread, so it
 * answers at once; what it throws is an empty offer.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CompletionHandler {

    /**
     * Offers values.
     *
     * @param argument name of the argument
     * @param typed what the user has typed so far
     * @param chosen values of other arguments that are already chosen
     * @param caller who asks; offer only what this caller may see
     * @return values, best first; the first 100 are sent
     */
    List<String> complete(String argument, String typed, Map<String, String> chosen, Caller caller);
}
