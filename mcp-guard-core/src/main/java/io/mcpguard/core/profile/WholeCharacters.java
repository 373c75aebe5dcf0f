package io.mcpguard.core.profile;

import java.io.Reader;

/**
 * Reads a text without ever ending a block between the two halves of a character: the scanner below (SnakeYAML Engine 3.0.1)
 * fails with an IndexOutOfBoundsException when its buffer ends with a high surrogate.
 */
final class WholeCharacters extends Reader {

    private final String text;
    private int position;

    WholeCharacters(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position >= text.length()) {
            return -1;
        }
        int end = Math.min(text.length(), position + length);
        if (end - position > 1 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        text.getChars(position, end, buffer, offset);
        int read = end - position;
        position = end;
        return read;
    }

    @Override
    public void close() {
        position = text.length();
    }
}
