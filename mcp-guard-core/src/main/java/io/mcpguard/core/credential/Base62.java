package io.mcpguard.core.credential;

import java.security.SecureRandom;

/** Digits, upper-case and lower-case letters: what a double click selects whole. */
final class Base62 {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Base62() {}

    /** Draws each character on its own, so that none is more likely than another. */
    static String random(int length, SecureRandom random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Writes a number of up to 32 bits, most significant digit first, filled up with zeros to six characters. */
    static String sixDigits(long value) {
        char[] digits = new char[6];
        long rest = value;
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }

    /** Whether all characters of a part are digits of base 62. */
    static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!digit) {
                return false;
            }
        }
        return true;
    }
}
