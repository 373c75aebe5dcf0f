package io.mcpguard.profile;

/**
 * Names a client, as sent in {@code X-Client-ID}.
 *
 * @param value 1 to 64 letters, digits, '.', '-' or '_', starting with a letter or digit; case-sensitive
 * @since 0.1
 */
public record ClientId(String value) {

    public ClientId {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a client id is 1 to 64 letters, digits, '.', '-' or '_' and starts with a letter or digit");
        }
    }

    /** The id itself. */
    @Override
    public String toString() {
        return value;
    }
}
