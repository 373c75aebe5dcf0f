package io.mcpguard.core.sink.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The events that were kept last: what a batch that is handed over again is recognized by. For one thread. */
final class RecentIds {

    /** Eight times the events of a batch. */
    private static final int MOST = 4096;

    private final Deque<UUID> inOrder = new ArrayDeque<>();
    private final Set<UUID> ids = new HashSet<>();

    boolean contains(UUID id) {
        return ids.contains(id);
    }

    void add(UUID id) {
        if (ids.add(id)) {
            inOrder.addLast(id);
            if (inOrder.size() > MOST) {
                ids.remove(inOrder.removeFirst());
            }
        }
    }
}
