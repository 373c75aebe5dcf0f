package io.mcpguard.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the authorization server has said lately, of so many tokens at most; the one that was not asked for longest goes first. */
final class Answers {

    /** What was said, and up to when it counts. */
    record Answer(Optional<JWTClaimsSet> claims, Instant until) {}

    private final Map<String, Answer> kept;

    Answers(int most) {
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<Answer> find(String key, Instant now) {
        Answer answer = kept.get(key);
        if (answer == null || now.isBefore(answer.until())) {
            return Optional.ofNullable(answer);
        }
        kept.remove(key);
        return Optional.empty();
    }

    synchronized void keep(String key, Optional<JWTClaimsSet> claims, Instant until) {
        kept.put(key, new Answer(claims, until));
    }

    synchronized int size() {
        return kept.size();
    }
}
