package io.mcpguard.credential;

import java.util.Objects;

/**
 * What a caller presented in the {@code Authorization} header.
 *
 * <p>Never logged, never audited, never compared with {@code equals}: a verifier reads {@link #reveal()} and compares in
 * constant time. On purpose neither a record nor serializable.
 *
 * @since 0.1
 */
public final class Credential {

    private final String scheme;
    private final String value;

    /**
     * Wraps what was presented.
     *
     * @param scheme authentication scheme in lower case, such as {@code bearer} or {@code basic}
     * @param value everything behind the scheme, without surrounding white space
     */
    public Credential(String scheme, String value) {
        this.scheme = Objects.requireNonNull(scheme, "scheme");
        this.value = Objects.requireNonNull(value, "value");
    }

    /**
     * Returns the authentication scheme.
     *
     * @return the scheme in lower case
     */
    public String scheme() {
        return scheme;
    }

    /**
     * Returns the secret itself. Only a verifier calls this.
     *
     * @return the value behind the scheme
     */
    public String reveal() {
        return value;
    }

    /** A fixed word, so that a credential that reaches a log line reveals nothing. */
    @Override
    public String toString() {
        return "Credential[hidden]";
    }
}
