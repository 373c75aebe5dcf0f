package io.mcpguard.core.protocol;

import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.credential.AuthContext;
import io.mcpguard.decision.Caller;
import io.mcpguard.invocation.CallOrigin;
import java.util.Optional;

/**
 * Everything about a request that is not in its message.
 *
 * @param facts what the record says of it
 * @param caller who sent it
 * @param origin the connection it came on
 * @param headers its header fields
 * @param host what the service's own security has established for it
 * @param reply its answer on the way
 * @param session the legacy session that it came in, if it named one
 */
record Context(
        RequestFacts facts,
        Caller caller,
        CallOrigin origin,
        RequestHeaders headers,
        AuthContext host,
        Reply reply,
        Optional<Sessions.Session.Known> session) {

    Context servedAs(Revision revision) {
        return withFacts(FactsReader.servedAs(facts, revision));
    }

    Context withFacts(RequestFacts known) {
        return new Context(known, caller, origin, headers, host, reply, session);
    }

    Context inSession(Sessions.Session.Known known) {
        RequestFacts named = known.clientInfo()
                .map(client -> FactsReader.calledBy(facts, client))
                .orElse(facts);
        return new Context(named, caller, origin, headers, host, reply, Optional.of(known));
    }

    /** For one message of several, to which nothing can be said before the end. */
    Context oneOfSeveral(RequestFacts known) {
        return new Context(known, caller, origin, headers, host, Reply.plain(), session);
    }

    /** Names the session among others, for looking up what runs in it. */
    Optional<String> sessionKey() {
        return session.map(Sessions.Session.Known::key);
    }
}
