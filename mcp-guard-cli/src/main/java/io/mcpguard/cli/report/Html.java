package io.mcpguard.cli.report;

/**
 * Writes HTML of which every text is escaped. Tags are written by this package alone; whatever comes from a record goes through
 * {@link #text(String)}.
 */
final class Html {

    private static final int MOST_CHARACTERS = 160;

    private final StringBuilder out = new StringBuilder(16 << 10);

    /** Writes markup of ours, as it is. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Writes a text, from wherever it comes. */
    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /**
     * What stands for a text between tags and in a quoted attribute. What is invisible or turns the direction of what follows is
     * written as an escape, so that a name is what it looks like.
     */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        int shown = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (++shown > MOST_CHARACTERS) {
                return escaped.append("...").toString();
            }
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '`' -> escaped.append("&#96;");
                default -> append(c, escaped);
            }
        }
        return escaped.toString();
    }

    private static void append(int c, StringBuilder escaped) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> escaped.append(String.format("\\u%04x", c));
            default -> escaped.appendCodePoint(c);
        }
    }
}
