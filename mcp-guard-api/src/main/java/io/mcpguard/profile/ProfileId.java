package io.mcpguard.profile;

/**
 * Names a profile, as sent in {@code X-Profile-ID}; unique in a service.
 *
 * @param value 1 to 64 letters, digits, '.', '-' or '_', starting with a letter or digit; case-sensitive
 * @since 0.1
 */
public record ProfileId(String value) {

    public ProfileId {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a profile id is 1 to 64 letters, digits, '.', '-' or '_' and starts with a letter or digit");
        }
    }

    /** The id itself. */
    @Override
    public String toString() {
        return value;
    }
}
