package io.mcpguard.core.audit;

import io.mcpguard.audit.Stage;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Calls with an intent and no end, counted so that a clean close can say there are none. For the writer thread alone. */
final class OpenCalls {

    /** Beyond this something never ends its calls; the next start then finds out by reading. */
    private static final int MAX = 100_000;

    private final Set<UUID> open = new HashSet<>();
    private boolean lost;

    void saw(Stage stage, UUID callId) {
        if (stage == Stage.INTENT && open.size() < MAX) {
            open.add(callId);
        } else if (stage == Stage.INTENT) {
            lost = true;
        } else if (ends(stage)) {
            open.remove(callId);
        }
    }

    String count() {
        return lost ? "unknown" : Integer.toString(open.size());
    }

    static boolean ends(Stage stage) {
        return switch (stage) {
            case OUTCOME, DENIED, ORPHANED, PANIC -> true;
            case INTENT, STARTED, NOTICE -> false;
        };
    }
}
