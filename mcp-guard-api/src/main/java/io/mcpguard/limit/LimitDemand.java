package io.mcpguard.limit;

import java.util.Objects;

/**
 * One permit asked for.
 *
 * @param key whose count
 * @param limit which bound holds for it now
 * @since 0.1
 */
public record LimitDemand(LimitKey key, Limit limit) {
    public LimitDemand {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(limit, "limit");
    }
}
