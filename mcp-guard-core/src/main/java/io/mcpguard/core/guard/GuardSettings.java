package io.mcpguard.core.guard;

import io.mcpguard.limit.Limit;
import java.time.Duration;
import java.util.Objects;

/**
 * Limits that hold whatever the profiles say.
 *
 * @param discovery how often one profile may list, search, describe and ask in vain
 * @param failures how often one address may fail to authenticate or send malformed requests before it is told to
 *     wait
 * @param streams how many streams one profile may hold open to listen for changes
 * @since 0.1
 */
public record GuardSettings(Limit.Rate discovery, Limit.Rate failures, Limit.Concurrency streams) {

    public GuardSettings {
        Objects.requireNonNull(discovery, "discovery");
        Objects.requireNonNull(failures, "failures");
        Objects.requireNonNull(streams, "streams");
    }

    /**
     * Limits that no honest caller meets.
     *
     * @return 600 listings a minute and 16 streams at once for a profile, 60 failures a minute for an address
     */
    public static GuardSettings standard() {
        return new GuardSettings(
                new Limit.Rate("discovery", 600, Duration.ofMinutes(1)),
                new Limit.Rate("refused-requests", 60, Duration.ofMinutes(1)),
                new Limit.Concurrency("streams", 16));
    }
}
