package io.mcpguard.limit;

import java.util.Objects;

/**
 * Says whose count a limit is kept on. Equal keys share one count, on every channel.
 *
 * @param scope what kind of thing is counted, such as {@code profile}, {@code operation} or {@code address}
 * @param owner which one, such as the profile's id
 * @param limit the limit's name
 * @since 0.1
 */
public record LimitKey(String scope, String owner, String limit) {
    public LimitKey {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(limit, "limit");
    }
}
