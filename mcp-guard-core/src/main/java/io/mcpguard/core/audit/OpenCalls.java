package io.mcpguard.core.audit;

import io.mcpguard.audit.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Calls with an intent and no end, and where the oldest intent stands, so that the next start need not read everything to
 * find the calls that this process left open. For one thread at a time.
 */
final class OpenCalls {

    /** Beyond this something never ends its calls; the next start then finds out by reading. */
    private static final int MAX = 100_000;

    private final Map<UUID, Long> open = new LinkedHashMap<>();
    private boolean lost;

    void saw(Stage stage, UUID callId, long sequence) {
        if (stage == Stage.INTENT && open.size() < MAX) {
            open.putIfAbsent(callId, sequence);
        } else if (stage == Stage.INTENT) {
            lost = true;
        } else if (ends(stage)) {
            open.remove(callId);
        }
    }

    /** Whether a call has begun and not ended, as far as is known. */
    boolean isOpen(UUID callId) {
        return lost || open.containsKey(callId);
    }

    String count() {
        return lost ? "unknown" : Integer.toString(open.size());
    }

    /** Number of the oldest record that matters for an open call; the next one when there is none. */
    long since(long next) {
        if (lost) {
            return 1;
        }
        return open.isEmpty() ? next : open.values().iterator().next();
    }

    static boolean ends(Stage stage) {
        return switch (stage) {
            case OUTCOME, DENIED, ORPHANED, PANIC -> true;
            case INTENT, STARTED, NOTICE -> false;
        };
    }
}
