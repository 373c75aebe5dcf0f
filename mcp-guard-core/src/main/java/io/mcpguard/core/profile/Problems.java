package io.mcpguard.core.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Every mistake found in a file, with its place. */
final class Problems {

    /** More than this helps nobody, and a log line has an end. */
    private static final int MOST_REPORTED = 100;

    private static final int LONGEST_QUOTE = 60;

    private record Problem(int line, int column, String text) {}

    private final List<Problem> found = new ArrayList<>();

    void add(YamlNode.Mark at, String text) {
        add(at.line(), at.column(), text);
    }

    void add(int line, int column, String text) {
        found.add(new Problem(line, column, text));
    }

    boolean none() {
        return found.isEmpty();
    }

    /** One sentence a mistake, in the order of the lines. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>(found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .limit(MOST_REPORTED)
                .map(problem -> "line " + problem.line + ", column " + problem.column + ": " + problem.text)
                .toList());
        if (found.size() > MOST_REPORTED) {
            sentences.add("and " + (found.size() - MOST_REPORTED) + " more");
        }
        return sentences;
    }

    /** Repeats what stands in the file, unless it is or might be a secret, in a form that is safe in a log line. */
    static String quote(String text) {
        return "'" + shown(text) + "'";
    }

    /** The same without quotation marks. */
    static String shown(String text) {
        if (text.toLowerCase(Locale.ROOT).contains("mcpg_")) {
            return "(an API key, not shown)";
        }
        String shown = text.codePointCount(0, text.length()) > LONGEST_QUOTE
                ? text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "..."
                : text;
        StringBuilder safe = new StringBuilder();
        shown.codePoints().forEach(c -> safe.appendCodePoint(isPlain(c) ? c : '?'));
        return safe.toString();
    }

    private static boolean isPlain(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED;
    }
}
