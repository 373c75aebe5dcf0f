package io.mcpguard.core.seal;

import io.mcpguard.decision.Caller;

/**
 * Who a sealed value is made for.
 *
 * @param name names the caller; different callers have different names
 * @since 0.1
 */
public record Holder(String name) {
    public Holder {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a holder has a name");
        }
    }

    /**
     * Names a caller by its profile, its principal and who established it.
     *
     * <p>The credential's id is left out on purpose: a key that is rotated in the middle of a listing, or a token that is
     * renewed as often as access tokens are, must not end what its owner has begun.
     *
     * @param caller an identified caller
     * @return the holder, the same for every credential of this principal with this profile
     */
    public static Holder of(Caller caller) {
        // The ids and the source cannot hold a line break, so that no two callers come to the same text.
        return new Holder(caller.profile().id().value() + "\n"
                + caller.principal().source() + "\n"
                + caller.principal().name());
    }
}
