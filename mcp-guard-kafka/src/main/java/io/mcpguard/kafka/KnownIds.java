package io.mcpguard.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The events that brokers have acknowledged lately: several batches of them, as a batch is what comes again. */
final class KnownIds {

    private static final int MOST = 4_096;

    private final Set<UUID> ids = new HashSet<>();
    private final Deque<UUID> order = new ArrayDeque<>();

    boolean contains(UUID id) {
        return ids.contains(id);
    }

    void add(UUID id) {
        if (ids.add(id)) {
            order.add(id);
            if (order.size() > MOST) {
                ids.remove(order.remove());
            }
        }
    }
}
