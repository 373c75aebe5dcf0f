package io.mcpguard.core.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The names of members that a JSON Schema declares, and where. A name that the service declares is its own; any other name in
 * a body is whatever a caller wrote, like a value. Made once and never changed after that; may contain itself.
 *
 * @since 0.1
 */
public final class DeclaredNames {

    /** Declares no name at any depth. */
    public static final DeclaredNames NONE = new DeclaredNames();

    private final Map<String, DeclaredNames> members = new HashMap<>();
    private @Nullable DeclaredNames others;
    private @Nullable DeclaredNames items;

    DeclaredNames() {}

    /**
     * Reads a schema.
     *
     * @param schema a JSON Schema 2020-12
     * @return the names it declares
     */
    public static DeclaredNames of(JsonNode schema) {
        return new DeclaredNamesReading(schema).root();
    }

    /**
     * Declares names with nothing below them.
     *
     * @param names the names
     * @return these names
     */
    public static DeclaredNames of(Collection<String> names) {
        DeclaredNames declared = new DeclaredNames();
        names.forEach(name -> declared.add(name, NONE));
        return declared;
    }

    void add(String name, DeclaredNames below) {
        members.put(name, below);
    }

    void others(DeclaredNames below) {
        others = below.equals(NONE) ? null : below;
    }

    void items(DeclaredNames below) {
        items = below.equals(NONE) ? null : below;
    }

    /**
     * Says whether a member of an object is declared.
     *
     * @param name its name
     * @return false for the keys of a map, too
     */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /**
     * Goes to a member of an object.
     *
     * @param name its name, declared or not
     * @return the names declared there
     */
    public DeclaredNames below(String name) {
        DeclaredNames member = members.get(name);
        return member != null ? member : others == null ? NONE : others;
    }

    /**
     * Goes to the items of an array.
     *
     * @return the names declared there
     */
    public DeclaredNames items() {
        return items == null ? NONE : items;
    }

    /**
     * Says whether a pointer leads to something that is declared.
     *
     * @param tokens its tokens, unescaped, in which {@code *} stands for any one
     * @return true also when nothing is declared at all, since then anything may be there
     */
    public boolean leads(List<String> tokens) {
        if (members.isEmpty() && others == null && items == null) {
            return true;
        }
        Set<DeclaredNames> reached = Set.of(this);
        for (String token : tokens) {
            Set<DeclaredNames> next = new HashSet<>();
            reached.forEach(place -> place.step(token, next));
            reached = next;
        }
        return !reached.isEmpty();
    }

    private void step(String token, Set<DeclaredNames> next) {
        boolean any = token.equals("*");
        if (any) {
            next.addAll(members.values());
        } else if (members.containsKey(token)) {
            next.add(below(token));
        }
        if (others != null && !members.containsKey(token)) {
            next.add(others);
        }
        if (items != null && (any || token.chars().allMatch(c -> c >= '0' && c <= '9'))) {
            next.add(items);
        }
    }
}
