package io.mcpguard.core.sink.http;

import java.util.Objects;
import java.util.Optional;

/**
 * What this process proves itself with to a log service. On purpose neither a record nor serializable, and without
 * {@code equals}.
 *
 * @since 0.1
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a token, key or password.
     *
     * @param value the secret itself
     * @return the secret, which shows itself to nobody
     */
    public static Secret of(String value) {
        return new Secret(Objects.requireNonNull(value, "value"));
    }

    String reveal() {
        return value;
    }

    /** Why it cannot stand in a header, if it cannot. Never says what it is. */
    Optional<String> problem(String setting) {
        if (value.isBlank()) {
            return Optional.of(setting + " is empty");
        }
        return value.chars().allMatch(c -> c > ' ' && c < 0x7F)
                ? Optional.empty()
                : Optional.of(setting + " holds a space, a line end or another character that no header takes");
    }

    /** A fixed word, so that a secret that reaches a log line reveals nothing. */
    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
