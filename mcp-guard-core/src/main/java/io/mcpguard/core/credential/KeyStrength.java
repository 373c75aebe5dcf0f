package io.mcpguard.core.credential;

import java.util.Optional;

/** Tells keys that somebody made up from keys that were drawn at random. */
final class KeyStrength {

    static final int MIN_BYTES = 32;

    /** 32 random bytes have fewer different values than this about once in 10^12 keys. */
    private static final int MIN_DIFFERENT_BYTES = 18;

    private KeyStrength() {}

    /** Says what is wrong with a key, or nothing. */
    static Optional<String> weakness(byte[] key) {
        if (key.length < MIN_BYTES) {
            return Optional.of("has only " + key.length + " bytes, and at least " + MIN_BYTES + " are needed");
        }
        if (differentValues(key) < MIN_DIFFERENT_BYTES) {
            return Optional.of("repeats itself and was not drawn at random");
        }
        if (isText(key)) {
            return Optional.of("is readable text and was not drawn at random");
        }
        if (isProgression(key)) {
            return Optional.of("counts up or down and was not drawn at random");
        }
        return Optional.empty();
    }

    private static int differentValues(byte[] key) {
        boolean[] seen = new boolean[256];
        int different = 0;
        for (byte value : key) {
            if (!seen[value & 0xFF]) {
                seen[value & 0xFF] = true;
                different++;
            }
        }
        return different;
    }

    private static boolean isText(byte[] key) {
        for (byte value : key) {
            if (value < 0x09 || value == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean isProgression(byte[] key) {
        for (int i = 2; i < key.length; i++) {
            if ((byte) (key[i] - key[i - 1]) != (byte) (key[1] - key[0])) {
                return false;
            }
        }
        return true;
    }
}
