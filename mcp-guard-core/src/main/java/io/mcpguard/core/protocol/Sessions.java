package io.mcpguard.core.protocol;

import io.mcpguard.core.seal.Holder;
import io.mcpguard.core.seal.Opened;
import io.mcpguard.core.seal.Seal;
import io.mcpguard.core.seal.Use;
import io.mcpguard.decision.Caller;
import java.time.Duration;
import java.util.Optional;

/**
 * Names legacy handshakes, in the header {@code Mcp-Session-Id}.
 *
 * <p>A name holds what was agreed on, so that any node can read it and none keeps it: the revision, and what the client calls
 * itself, for the record. It is bound to its caller and never a credential; a request is authenticated as if it had none.
 * Another credential of the same principal and profile may use it, since tokens are renewed within a session.
 */
final class Sessions {

    static final Duration LIFE = Duration.ofHours(24);

    /** Longer names of clients are cut: the header must fit beside all others. */
    static final int MAX_CLIENT_CHARS = 100;

    private final Seal seal;

    Sessions(Seal seal) {
        this.seal = seal;
    }

    /** What became of a name that a client handed back. */
    sealed interface Session {

        /**
         * A handshake of this caller.
         *
         * @param revision the revision agreed on
         * @param clientInfo what the client called itself: a label that proves nothing
         * @param key names the session among all others, such as where running requests are looked up by their id
         */
        record Known(Revision revision, Optional<String> clientInfo, String key) implements Session {}

        /** Changed, made up, of another caller, or over; the client is to start anew. */
        record Gone() implements Session {}
    }

    String mint(Caller caller, Revision negotiated, Optional<String> clientInfo) {
        String client = clientInfo.map(Sessions::cut).map("\n"::concat).orElse("");
        return seal.seal(Use.SESSION, Holder.of(caller), negotiated.text() + client, LIFE);
    }

    Session read(String value, Caller caller) {
        if (!(seal.open(Use.SESSION, Holder.of(caller), value) instanceof Opened.Valid valid)) {
            return new Session.Gone();
        }
        String[] agreed = valid.payload().split("\n", 2);
        Optional<String> client = agreed.length == 2 ? Optional.of(agreed[1]) : Optional.empty();
        // A genuine name has a single spelling, is unique and opens for this caller alone: it is the key itself.
        return Revision.legacyOf(agreed[0])
                .<Session>map(revision -> new Session.Known(revision, client, value))
                .orElseGet(Session.Gone::new);
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CLIENT_CHARS) {
            return text;
        }
        boolean split = Character.isHighSurrogate(text.charAt(MAX_CLIENT_CHARS - 1));
        return text.substring(0, split ? MAX_CLIENT_CHARS - 1 : MAX_CLIENT_CHARS);
    }
}
