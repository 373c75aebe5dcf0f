package io.mcpguard.testkit.parity;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mcpguard.audit.AuditEvent;
import io.mcpguard.testkit.LimitMeter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * What {@link ParityTest} compares: a service, its callers, and what they call.
 *
 * <p>Without {@link #call} an operation is called with arguments made from its schemas: examples, defaults, enum values, else the
 * least that fits. Calls have to fit the schemas, since MCP refuses those that do not before the service sees them.
 *
 * @since 0.1
 */
public final class Parity {

    private final URI service;
    private final List<ParityCaller> callers = new ArrayList<>();
    private final Map<String, List<ParityCall>> calls = new LinkedHashMap<>();
    private final Map<String, String> skipped = new TreeMap<>();
    private final Map<String, Set<String>> ignored = new TreeMap<>();
    private String endpoint = "/mcp";
    private @Nullable Supplier<List<AuditEvent>> trail;
    private @Nullable LimitMeter meter;
    private Consumer<String> reset = operation -> {};
    private Duration patience = Duration.ofSeconds(5);

    private Parity(URI service) {
        this.service = Objects.requireNonNull(service, "service");
    }

    /**
     * Starts with a running service.
     *
     * @param service its scheme, host and port, without a path
     * @return a comparison that has nobody to call yet
     */
    public static Parity of(URI service) {
        return new Parity(service);
    }

    /**
     * Sets the path of the MCP endpoint.
     *
     * @param path the path from the root of the host, {@code /mcp} unless set
     * @return this
     */
    public Parity endpoint(String path) {
        this.endpoint = Objects.requireNonNull(path, "path");
        return this;
    }

    /**
     * Adds a caller.
     *
     * @param caller somebody with a profile; one whom the service does not know is good as well, and has to be refused everything
     * @return this
     */
    public Parity caller(ParityCaller caller) {
        callers.add(Objects.requireNonNull(caller, "caller"));
        return this;
    }

    /**
     * Says how to read the audit trail.
     *
     * @param events reads everything on record so far, oldest first: the journal, or a sink
     * @return this
     */
    public Parity trail(Supplier<List<AuditEvent>> events) {
        this.trail = Objects.requireNonNull(events, "events");
        return this;
    }

    /**
     * Compares permit by permit. Without a meter only the one limit is compared that the records name.
     *
     * @param limiter the limiter of the service under test
     * @return this
     */
    public Parity limits(LimitMeter limiter) {
        this.meter = Objects.requireNonNull(limiter, "limiter");
        return this;
    }

    /**
     * Says how to put the service back into the state it was in. Run before each call, so twice for each comparison.
     *
     * @param restore takes the id of the operation that is called next
     * @return this
     */
    public Parity reset(Consumer<String> restore) {
        this.reset = Objects.requireNonNull(restore, "restore");
        return this;
    }

    /**
     * Supplies arguments. An operation with several calls is compared with each of them.
     *
     * @param call an operation with its arguments
     * @return this
     */
    public Parity call(ParityCall call) {
        calls.computeIfAbsent(call.operation(), id -> new ArrayList<>()).add(call);
        return this;
    }

    /**
     * Leaves an operation out. The report shows it as skipped, with the reason.
     *
     * @param operation its id
     * @param reason why, for whoever reads the report
     * @return this
     */
    public Parity skip(String operation, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("say why " + operation + " is skipped");
        }
        skipped.put(operation, reason);
        return this;
    }

    /**
     * Names what no two answers of an operation have in common, over REST either: numbers and times that it makes up.
     *
     * @param operation its id
     * @param pointers JSON Pointers into the body, such as {@code /createdAt}; {@code *} stands for any one step
     * @return this
     */
    public Parity ignoring(String operation, String... pointers) {
        ignored.computeIfAbsent(operation, id -> new LinkedHashSet<>()).addAll(List.of(pointers));
        return this;
    }

    /**
     * Sets how long to wait for a record that arrives after the answer.
     *
     * @param longest 5 seconds unless set
     * @return this
     */
    public Parity patience(Duration longest) {
        this.patience = Objects.requireNonNull(longest, "longest");
        return this;
    }

    /**
     * Asks the service what it shows to each caller, and makes the tests of it.
     *
     * @return a test for each caller and each call, of every operation that any of them is shown
     * @throws AssertionError when nobody is shown anything, or something is said of an operation that nobody is shown
     */
    public Stream<DynamicNode> tests() {
        if (callers.isEmpty()) {
            throw new IllegalStateException("nobody calls; add those who may with caller(...)");
        }
        if (trail == null) {
            throw new IllegalStateException("records cannot be compared; say with trail(...) how to read them");
        }
        Doors doors = new Doors(service, endpoint);
        Comparison comparison = new Comparison(doors, new Observer(trail, meter, patience), reset);
        Map<String, Described> operations = new TreeMap<>();
        Map<ParityCaller, Exposed> exposed = new LinkedHashMap<>();
        callers.forEach(caller -> exposed.put(caller, Exposed.to(caller, doors, operations)));
        check(operations.keySet());
        return exposed.entrySet().stream()
                .map(each -> dynamicContainer(
                        "as " + each.getKey(),
                        operations.values().stream()
                                .flatMap(operation -> tests(comparison, operation, each.getKey(), each.getValue()))));
    }

    private void check(Set<String> shown) {
        if (shown.isEmpty()) {
            throw new AssertionError("no caller is shown any operation, so there is nothing to compare; "
                    + "check credentials, profiles and grants of " + callers);
        }
        Set<String> unknown = new TreeSet<>(calls.keySet());
        unknown.addAll(skipped.keySet());
        unknown.addAll(ignored.keySet());
        unknown.removeAll(shown);
        if (!unknown.isEmpty()) {
            throw new AssertionError("no caller is shown " + unknown
                    + "; take them out of this test or add a caller who " + "is, shown are " + shown);
        }
    }

    private Stream<DynamicTest> tests(
            Comparison comparison, Described operation, ParityCaller caller, Exposed exposed) {
        String id = operation.id();
        if (skipped.containsKey(id)) {
            String why = id + " is skipped: " + skipped.get(id);
            return Stream.of(dynamicTest(why, () -> Assumptions.abort(why)));
        }
        boolean open = exposed.ids().contains(id);
        Set<String> pointers = ignored.getOrDefault(id, Set.of());
        if (!calls.containsKey(id)) {
            return Stream.of(dynamicTest(
                    name(id, open),
                    () -> comparison.run(
                            open ? ExampleCall.of(operation) : anything(operation),
                            operation,
                            caller,
                            exposed,
                            open,
                            pointers)));
        }
        return calls.get(id).stream()
                .map(call -> dynamicTest(
                        name(call.toString(), open),
                        () -> comparison.run(call, operation, caller, exposed, open, pointers)));
    }

    private static String name(String call, boolean open) {
        return open ? call : call + " (not open)";
    }

    /** Whoever is refused is refused whatever the arguments are. */
    private static ParityCall anything(Described operation) {
        try {
            return ExampleCall.of(operation);
        } catch (AssertionError e) {
            return ParityCall.of(operation.id());
        }
    }
}
