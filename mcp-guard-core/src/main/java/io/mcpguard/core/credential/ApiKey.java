package io.mcpguard.core.credential;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key of the guard: {@code mcpg_<live|test>_<id:8>_<secret:32><checksum:6>}.
 *
 * <p>The id is public and names the key in lists and in the audit trail. The secret has 190 random bits. The checksum is
 * the CRC-32 of everything before it, six base62 digits, so that a scanner or a typing mistake is recognized without
 * asking anybody; it protects nothing. Secret scanners can be given this expression:
 *
 * <pre>{@code mcpg_(live|test)_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}}</pre>
 *
 * <p>Neither a record nor serializable, and without {@code equals}: the secret is compared by its keyed hash only.
 *
 * @since 0.1
 */
public final class ApiKey {

    /** What every key of the guard starts with. */
    static final String PREFIX = "mcpg_";

    private static final Pattern FORM = Pattern.compile("mcpg_(live|test)_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}");
    private static final int ID_START = 10;
    private static final int ID_END = 18;
    private static final int CHECKSUM_START = 51;
    private static final int LENGTH = 57;
    private static final String LIVE = PREFIX + "live_";
    private static final String TEST = PREFIX + "test_";

    /**
     * Where a key is good.
     *
     * @since 0.1
     */
    public enum Kind {
        /** Good everywhere. */
        LIVE,
        /** Good only where test keys have been allowed. */
        TEST;

        /** The word in the key and in files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String text;

    private ApiKey(String text) {
        this.text = text;
    }

    /**
     * Makes a new key.
     *
     * @param kind where it is to be good
     * @param random where its id and secret come from
     * @return the key
     */
    public static ApiKey generate(Kind kind, SecureRandom random) {
        String body = PREFIX + kind + "_" + Base62.random(8, random) + "_" + Base62.random(32, random);
        return new ApiKey(body + checksum(body));
    }

    /**
     * Reads a key that somebody presented.
     *
     * @param text what was presented
     * @return the key, or empty when the form or the checksum is wrong
     */
    public static Optional<ApiKey> parse(String text) {
        if (!hasForm(text)) {
            return Optional.empty();
        }
        String body = text.substring(0, CHECKSUM_START);
        return text.endsWith(checksum(body)) ? Optional.of(new ApiKey(text)) : Optional.empty();
    }

    /** The same as {@link #FORM}, which costs more than all else that is done with a key of a request. */
    private static boolean hasForm(String text) {
        return text.length() == LENGTH
                && (text.startsWith(LIVE) || text.startsWith(TEST))
                && Base62.isDigits(text, ID_START, ID_END)
                && text.charAt(ID_END) == '_'
                && Base62.isDigits(text, ID_END + 1, LENGTH);
    }

    /**
     * Says whether a text holds something that looks like a key, for checks that keep keys out of files and logs.
     *
     * @param text any text
     * @return true when it has the form of a key, whatever its checksum
     */
    public static boolean isIn(String text) {
        return text.contains(PREFIX) && FORM.matcher(text).find();
    }

    /**
     * Returns the public part that names the key.
     *
     * @return eight letters and digits
     */
    public String id() {
        return text.substring(ID_START, ID_END);
    }

    /**
     * Returns where the key is good.
     *
     * @return live or test
     */
    public Kind kind() {
        return text.startsWith(TEST) ? Kind.TEST : Kind.LIVE;
    }

    /**
     * Returns the whole key. It is shown once to the person it is issued for, and hashed; nothing else calls this.
     *
     * @return the key with its secret
     */
    public String reveal() {
        return text;
    }

    /** Names the key without its secret. */
    @Override
    public String toString() {
        return "ApiKey[" + PREFIX + kind() + "_" + id() + "_hidden]";
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return Base62.sixDigits(crc.getValue());
    }
}
