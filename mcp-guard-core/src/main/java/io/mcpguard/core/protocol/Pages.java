package io.mcpguard.core.protocol;

import io.mcpguard.core.seal.PageCursors;
import io.mcpguard.decision.Caller;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Cuts lists into pages. A cursor is good for the caller and the list it was made for. */
final class Pages {

    private final PageCursors cursors;
    private final int size;

    Pages(PageCursors cursors, int size) {
        this.cursors = cursors;
        this.size = size;
    }

    /**
     * A part of a list.
     *
     * @param items what it holds
     * @param next where the next part starts, or null when there is none
     */
    record Page<T>(List<T> items, @Nullable String next) {}

    /**
     * Finds a page.
     *
     * @param method what lists
     * @param all the whole list
     * @param name names an entry
     * @param cursor the cursor as it came in, if any
     * @param caller who asks
     * @return the page, or empty when the cursor is not one of this list
     */
    <T> Optional<Page<T>> page(
            String method, List<T> all, Function<T, String> name, Optional<JsonNode> cursor, Caller caller) {
        if (cursor.isEmpty() && all.size() <= size) {
            return Optional.of(new Page<>(all, null));
        }
        List<String> listing = List.of(method, all.stream().map(name).collect(Collectors.joining("\n")));
        OptionalInt from = cursor.isEmpty()
                ? OptionalInt.of(0)
                : cursor.get()
                        .stringValueOpt()
                        .map(text -> cursors.offset(text, caller, listing))
                        .orElseGet(OptionalInt::empty);
        if (from.isEmpty() || from.getAsInt() > all.size()) {
            return Optional.empty();
        }
        int end = Math.min(all.size(), from.getAsInt() + size);
        return Optional.of(new Page<>(
                all.subList(from.getAsInt(), end), end < all.size() ? cursors.at(end, caller, listing) : null));
    }
}
