package io.mcpguard.core.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one part of the file gave: the entries without mistakes, and the ids of all, so that no mistake causes a second. */
final class Section<T> {

    final List<T> entries = new ArrayList<>();
    final Set<String> ids = new HashSet<>();

    /** Notes an id and reports one that was there before. */
    void declare(String id, String what, Fields fields) {
        if (!ids.add(id)) {
            fields.wrong(
                    "id",
                    "the " + what + " " + Problems.quote(id) + " stands here a second time; give it an id of its own");
        }
    }
}
