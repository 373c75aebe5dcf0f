package io.mcpguard.core.credential;

import java.util.regex.Pattern;

/**
 * Finds credentials in texts where they do not belong, such as the name that a client gives itself, so that no record holds
 * them: keys that the guard issues, signed tokens (RFC 7519), and whatever stands behind the word {@code Bearer} or {@code Basic}.
 *
 * @since 0.1
 */
public final class PastedCredentials {

    private static final String TOKEN_START = "eyJ";

    /** The id of a key is public; what follows is not, also when somebody has cut it. */
    private static final Pattern KEY = Pattern.compile("(mcpg_[a-z]{1,8}_[0-9A-Za-z]{1,8}_)[0-9A-Za-z]{4,}");

    private static final Pattern TOKEN =
            Pattern.compile("eyJ[0-9A-Za-z_-]{5,}\\.[0-9A-Za-z_-]{5,}(\\.[0-9A-Za-z_-]*)?");

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "\\b(bearer|basic)[ :=]+(?!mcpg_[a-z]{1,8}_[0-9A-Za-z]{1,8}_hidden)[^ ,;\"']{8,}",
            Pattern.CASE_INSENSITIVE);

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
        if (without.contains("earer")
                || without.contains("asic")
                || without.contains("BEARER")
                || without.contains("BASIC")) {
            without = AUTHORIZATION.matcher(without).replaceAll("$1 hidden");
        }
        return without;
    }
}
