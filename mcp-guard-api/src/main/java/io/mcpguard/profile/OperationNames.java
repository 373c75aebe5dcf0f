package io.mcpguard.profile;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Ids of operations, some of which may be globs in which {@code *} stands for any text.
 *
 * <p>Made ready once, where a profile is read: to ask whether an id is meant takes no memory and no regular expression, and time
 * that grows with the length of the id and not with a power of it.
 *
 * @since 0.1
 */
public final class OperationNames {

    private static final OperationNames NONE = new OperationNames(Set.of());

    private final Set<String> texts;
    private final Set<String> exact = new HashSet<>();
    private final String[] globs;

    private OperationNames(Set<String> texts) {
        this.texts = Set.copyOf(texts);
        for (String text : texts) {
            if (text.indexOf('*') < 0) {
                exact.add(text);
            }
        }
        this.globs =
                texts.stream().filter(text -> text.indexOf('*') >= 0).sorted().toArray(String[]::new);
    }

    /**
     * Reads ids and globs.
     *
     * @param texts ids and globs; an empty set means no operation
     * @return the names
     */
    public static OperationNames of(Set<String> texts) {
        return texts.isEmpty() ? NONE : new OperationNames(texts);
    }

    /**
     * Returns the ids and globs.
     *
     * @return the texts as they were given
     */
    public Set<String> texts() {
        return texts;
    }

    /**
     * Says whether an operation is meant.
     *
     * @param id id of the operation
     * @return true when it is listed, or a glob fits it
     */
    public boolean includes(String id) {
        if (exact.contains(id)) {
            return true;
        }
        for (String glob : globs) {
            if (fits(glob, id)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Says by which text an operation is meant, for people.
     *
     * @param id id of the operation
     * @return the id itself or the first glob in the order of the alphabet, or an empty list when it is not meant
     */
    public List<String> fitting(String id) {
        if (exact.contains(id)) {
            return List.of(id);
        }
        for (String glob : globs) {
            if (fits(glob, id)) {
                return List.of(glob);
            }
        }
        return List.of();
    }

    /** Goes back to the last star only, which is enough since a later star can take whatever an earlier one could. */
    private static boolean fits(String glob, String id) {
        int g = 0;
        int i = 0;
        int star = -1;
        int taken = 0;
        while (i < id.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                taken = i;
            } else if (g < glob.length() && glob.charAt(g) == id.charAt(i)) {
                g++;
                i++;
            } else if (star >= 0) {
                g = star + 1;
                i = ++taken;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OperationNames names && names.texts.equals(texts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(texts);
    }

    /** Names the texts in the order of the alphabet. */
    @Override
    public String toString() {
        return String.join(" ", new TreeSet<>(texts));
    }
}
