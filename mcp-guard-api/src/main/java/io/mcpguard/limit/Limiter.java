package io.mcpguard.limit;

import io.mcpguard.error.LimiterUnavailableException;
import java.util.List;

/**
 * Takes permits before a call runs.
 *
 * <p>The guard asks once per call, on the request's own thread, after the decision and before anything has an effect.
 *
 * <p>Rules for implementers, each with a test in {@code LimiterContract}:
 *
 * <ul>
 *   <li><b>LM-1</b> No window of a rate limit's period, wherever it starts, holds more permits than the limit says, whatever
 *       threads and nodes ask.
 *   <li><b>LM-2</b> A full burst is admitted when the window is empty, and a caller who waits as told is admitted.
 *   <li><b>LM-3</b> All demands are met, or nothing is taken from any.
 *   <li><b>LM-4</b> Never waits for a permit. A limiter that asks elsewhere answers or throws within 100 milliseconds.
 *   <li><b>LM-5</b> Equal keys share one count, different keys never do.
 *   <li><b>LM-6</b> A limit that was changed holds from the next reservation on, counting what was taken before.
 *   <li><b>LM-7</b> Memory is bounded: keys that are no longer used are forgotten after their window, and no sooner.
 *   <li><b>LM-8</b> Closing a permit twice gives back once.
 *   <li><b>LM-9</b> A clock that goes back admits nothing more.
 * </ul>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Limiter {

    /**
     * Asks for one permit of each demand, all or none.
     *
     * @param demands what is asked for; an empty list is granted
     * @return the answer
     * @throws LimiterUnavailableException when the limiter could not decide; the guard then refuses the call
     */
    Reservation reserve(List<LimitDemand> demands);
}
