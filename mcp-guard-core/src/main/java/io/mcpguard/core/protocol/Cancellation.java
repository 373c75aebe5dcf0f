package io.mcpguard.core.protocol;

import java.util.ArrayList;
import java.util.List;

/** Whether something is to stop, and who wants to know. Happens once. */
final class Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean happened;

    void happen() {
        List<Runnable> told;
        synchronized (this) {
            if (happened) {
                return;
            }
            happened = true;
            told = List.copyOf(actions);
            actions.clear();
        }
        told.forEach(Runnable::run);
    }

    synchronized boolean happened() {
        return happened;
    }

    /** Runs an action when it happens; at once when it has. */
    void then(Runnable action) {
        synchronized (this) {
            if (!happened) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
