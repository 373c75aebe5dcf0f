package io.mcpguard.core.credential;

import java.util.regex.Pattern;

/**
 * Finds credentials in texts where they do not belong, such as the name that a client gives itself, so that no record holds
 * them: keys that the guard issues, and signed tokens (RFC 7519).
 *
 * @since 0.1
 */
public final class PastedCredentials {

    private static final String TOKEN_START = "eyJ";

    /** The id of a key is public; what follows is not, also when somebody has cut it. */
    private static final Pattern KEY = Pattern.compile("(mcpg_[a-z]{1,8}_[0-9A-Za-z]{1,8}_)[0-9A-Za-z]{4,}");

    private static final Pattern TOKEN =
            Pattern.compile("eyJ[0-9A-Za-z_-]{5,}\\.[0-9A-Za-z_-]{5,}(\\.[0-9A-Za-z_-]*)?");

    private PastedCredentials() {}

    /**
     * Removes them.
     *
     * @param text any text, whole: of one that was cut, half a secret would not be recognized
     * @return the text with the word {@code hidden} in place of each secret
     */
    public static String removed(String text) {
        String without = text;
        if (without.contains(ApiKey.PREFIX)) {
            without = KEY.matcher(without).replaceAll("$1hidden");
        }
        if (without.contains(TOKEN_START)) {
            without = TOKEN.matcher(without).replaceAll("hidden");
        }
        return without;
    }
}
