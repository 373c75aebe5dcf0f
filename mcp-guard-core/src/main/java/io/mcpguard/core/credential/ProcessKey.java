package io.mcpguard.core.credential;

import io.mcpguard.credential.KeySource.NamedKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that stands in where none has been set up, and is forgotten when the process ends. What was made with it means nothing
 * to another process or after a restart; whoever draws one says so in the log.
 *
 * @since 0.1
 */
public final class ProcessKey {

    private static final int NAME_BYTES = 4;

    private ProcessKey() {}

    /**
     * Draws a key.
     *
     * @param random where it comes from
     * @return the key, named {@code process-} and 8 hexadecimal digits
     */
    public static NamedKey draw(SecureRandom random) {
        byte[] secret = new byte[KeyStrength.MIN_BYTES];
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(secret);
        random.nextBytes(name);
        return new NamedKey("process-" + HexFormat.of().formatHex(name), new SecretKeySpec(secret, "HmacSHA256"));
    }
}
