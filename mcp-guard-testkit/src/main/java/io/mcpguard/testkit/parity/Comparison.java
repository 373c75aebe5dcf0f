package io.mcpguard.testkit.parity;

import io.mcpguard.audit.Channel;
import io.mcpguard.decision.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Makes one call through both doors and says how they differ. */
final class Comparison {

    private final Doors doors;
    private final Observer observer;
    private final Consumer<String> reset;

    Comparison(Doors doors, Observer observer, Consumer<String> reset) {
        this.doors = doors;
        this.observer = observer;
        this.reset = reset;
    }

    /**
     * Fails unless both doors are the same.
     *
     * @param open whether the caller is shown the operation; if not, both doors have to refuse
     * @param ignored pointers into the body that no two answers have in common
     */
    void run(
            ParityCall call,
            Described operation,
            ParityCaller caller,
            Exposed exposed,
            boolean open,
            Set<String> ignored) {
        reset.accept(call.operation());
        Observed rest = observer.during(Channel.REST, () -> doors.rest(call, operation, caller));
        reset.accept(call.operation());
        Observed mcp = observer.during(Channel.MCP, () -> doors.mcp(call, caller));
        List<String> differences = new ArrayList<>();
        replies(rest.reply(), mcp.reply(), ignored, differences);
        differences.addAll(RecordDifference.between(
                rest.records(), mcp.records(), mcp.reply().known()));
        differences.addAll(LimitDifference.between(rest, mcp, observer::all, exposed.periods()));
        if (observer.permitsHeld() > 0) {
            differences.add("limits: the call has ended and its permits were not given back");
        }
        if (open) {
            admitted(rest, "REST", differences);
            admitted(mcp, "MCP", differences);
        } else {
            refused(rest, "REST", differences);
            refused(mcp, "MCP", differences);
        }
        if (!differences.isEmpty()) {
            throw new AssertionError(
                    call + " as " + caller + ": REST and MCP are not the same\n  " + String.join("\n  ", differences)
                            + "\n  REST said " + rest.reply() + "\n  MCP said " + mcp.reply());
        }
    }

    private static void replies(Reply rest, Reply mcp, Set<String> ignored, List<String> differences) {
        if (rest.status() != mcp.status()) {
            differences.add("status: REST " + rest.status() + ", MCP " + mcp.status());
        }
        if (!mcp.known()) {
            // Nobody is known, so nobody is told by MCP what the message says: a JSON-RPC error has no body of the
            // service.
            return;
        }
        Set<String> pointers = new LinkedHashSet<>(ignored);
        if (rest.refusedByGuard() && mcp.refusedByGuard()) {
            pointers.add("/instance");
            pointers.add("/retry_after_seconds");
        }
        if (!rest.refusedByGuard() && !rest.contentType().equals(mcp.contentType()) && !mcp.refusedByGuard()) {
            differences.add("content type: REST " + rest.contentType() + ", MCP " + mcp.contentType());
        }
        differences.addAll(JsonDifference.between(rest.body(), mcp.body(), pointers));
    }

    /** A call that the guard refused for its arguments or for want of permits compares nothing of the service. */
    private static void admitted(Observed observed, String door, List<String> differences) {
        if (observed.denied() && !observed.reason().equals(Reason.REFUSED_BY_SERVICE.code())) {
            differences.add(
                    door + " refused (" + observed.reason() + ") what the caller may call; supply arguments that "
                            + "fit, or a profile whose limits this test does not reach");
        }
        if (!observed.reply().known()) {
            differences.add(door + " does not know the caller");
        }
    }

    private static void refused(Observed observed, String door, List<String> differences) {
        if (observed.ran() || !observed.denied()) {
            differences.add(door + " did not refuse what the caller is not shown");
        }
        if (observed.reply().status() < 400) {
            differences.add(door + " answered " + observed.reply().status() + " to what the caller is not shown");
        }
    }
}
