package io.mcpguard.core.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says, of a name that is not known, which ones are.
 *
 * @since 0.1
 */
public final class NearestName {

    private static final int MOST_NAMES = 20;
    private static final int LONGEST = 64;

    private NearestName() {}

    /**
     * Suggests what may have been meant.
     *
     * @param unknown the name that was given
     * @param known the names that there are
     * @return the end of a sentence: the nearest name, or all of them when none is near; empty when there is nothing to say
     */
    public static String hint(String unknown, Collection<String> known) {
        return known.stream()
                .filter(name -> isNear(unknown, name))
                .min(Comparator.comparingInt(name -> distance(unknown, name)))
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(() -> all(known));
    }

    private static String all(Collection<String> known) {
        List<String> shown = known.stream().limit(MOST_NAMES).toList();
        if (shown.isEmpty()) {
            return "";
        }
        String more = known.size() > MOST_NAMES ? " and " + (known.size() - MOST_NAMES) + " more" : "";
        return "; there are " + shown.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")) + more;
    }

    /** A third of the letters may differ. */
    private static boolean isNear(String unknown, String known) {
        return unknown.length() <= LONGEST
                && known.length() <= LONGEST
                && distance(unknown, known) <= Math.max(1, Math.min(unknown.length(), known.length()) / 3);
    }

    /** Levenshtein's, ignoring case and what separates words. */
    private static int distance(String one, String other) {
        String a = letters(one);
        String b = letters(other);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }
}
