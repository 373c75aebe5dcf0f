package io.mcpguard.core.tool;

import io.mcpguard.core.catalog.Catalog;
import io.mcpguard.core.catalog.PublishedOperation;
import io.mcpguard.core.catalog.SchemaProblem;
import io.mcpguard.core.guard.Guard;
import io.mcpguard.core.guard.Refusal;
import io.mcpguard.core.guard.RequestFacts;
import io.mcpguard.core.json.JsonLimits;
import io.mcpguard.core.json.JsonReading.Document;
import io.mcpguard.core.json.StrictJson;
import io.mcpguard.core.seal.PageCursors;
import io.mcpguard.core.seal.Seal;
import io.mcpguard.decision.Caller;
import io.mcpguard.decision.Decision.Deny;
import io.mcpguard.decision.Reason;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.profile.ToolMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of a service: the four fixed ones, which list, search, describe and execute, and a direct one for each operation.
 *
 * <p>A caller is offered one kind or the other ({@link ToolMode}), and of the direct ones those whose operation it may call. What is
 * not offered is not there for it. Everything about a tool is made once. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class Tools {

    private static final String DEFINITIONS = "tools.json";

    private final Guard guard;
    private final ToolMode standard;
    private final List<ToolDefinition> definitions;
    private final List<ToolDefinition> all;
    private final Map<String, Tool> fixed;
    private final SortedMap<String, DirectTool> direct = new TreeMap<>();

    /**
     * Makes the tools.
     *
     * @param guard decides what the caller sees and may call
     * @param catalog what the service publishes; the one the guard decides on
     * @param invoker sends calls through the service's own stack
     * @param kept what the audit trail keeps of arguments
     * @param settings bounds of one call
     * @param seal protects the cursors of listings
     */
    public Tools(
            Guard guard,
            Catalog catalog,
            OperationInvoker invoker,
            KeptArguments kept,
            ToolSettings settings,
            Seal seal) {
        StrictJson json = new StrictJson(JsonLimits.DEFAULT);
        this.guard = guard;
        this.standard = settings.mode();
        OperationCalls calls = new OperationCalls(guard, catalog, invoker, kept, settings);
        this.definitions = definitions(json);
        this.fixed = Map.of(
                "list_collections", listing(new ListCollections(guard), Set.of(), json),
                "list_endpoints",
                        listing(
                                new ListEndpoints(guard, catalog, new PageCursors(seal)),
                                Set.of("collection_id", "query", "cursor"),
                                json),
                "endpoint_details", listing(new EndpointDetails(guard, settings), Set.of("endpoint_id"), json),
                "execute_endpoint", new ExecuteEndpoint(guard, calls, json));
        for (PublishedOperation operation : catalog.operations()) {
            DirectTool tool = new DirectTool(operation, calls, json);
            DirectTool other = direct.put(tool.definition().name(), tool);
            if (other != null) {
                throw new ConfigurationException(
                        "The tools",
                        other.operationId() + " and " + operation.id() + " have one name; give one another id");
            }
        }
        this.all = Stream.concat(definitions.stream(), direct.values().stream().map(DirectTool::definition))
                .toList();
    }

    /**
     * Lists the four fixed tools as they are announced.
     *
     * @return the definitions, always the same and in the same order
     */
    public List<ToolDefinition> definitions() {
        return definitions;
    }

    /**
     * Lists every tool that somebody may be offered.
     *
     * @return the four fixed tools, then the direct ones by name; always the same
     */
    public List<ToolDefinition> all() {
        return all;
    }

    /**
     * Lists the tools that one caller is offered.
     *
     * @param caller who asks
     * @return the four fixed tools, or in direct mode those of the operations that the caller may call, by name: none when it may
     *     call nothing
     */
    public List<ToolDefinition> offered(Caller caller) {
        if (modeOf(caller) == ToolMode.FIXED) {
            return definitions;
        }
        Set<String> visible =
                guard.visible(caller).stream().map(PublishedOperation::id).collect(Collectors.toSet());
        return direct.values().stream()
                .filter(tool -> visible.contains(tool.operationId()))
                .map(DirectTool::definition)
                .toList();
    }

    /**
     * Says whether a caller is offered a tool, and so may call it.
     *
     * @param caller who asks
     * @param name a name as it came in
     * @return true when {@link #offered} holds it; false alike for what is hidden, of the other mode, or does not exist
     */
    public boolean has(Caller caller, String name) {
        if (modeOf(caller) == ToolMode.FIXED) {
            return fixed.containsKey(name);
        }
        DirectTool tool = direct.get(name);
        return tool != null && guard.find(caller, tool.operationId()).isPresent();
    }

    /**
     * Says whether there is such a tool at all, for the record of a request of which nobody is identified yet. Nothing may be
     * called or answered because of it.
     *
     * @param name a name as it came in
     * @return true for the name of a tool of either kind, letter by letter
     */
    public boolean isKnown(String name) {
        return fixed.containsKey(name) || direct.containsKey(name);
    }

    /**
     * Lists the arguments of a tool that a client repeats in headers.
     *
     * @param name name of a tool that the caller has
     * @return the headers, usually none
     */
    public List<HeaderParameter> headers(String name) {
        DirectTool tool = direct.get(name);
        return tool == null ? List.of() : tool.definition().headers();
    }

    /**
     * Refuses a call of a tool that the caller {@linkplain #has(Caller, String) does not have}. The caller sees the same for every
     * cause; the record keeps them apart.
     *
     * @param facts what is known of the request
     * @param caller who called
     * @param name the name as it came in
     * @return the recorded refusal, limited as listings are
     */
    public Refusal unavailable(RequestFacts facts, Caller caller, String name) {
        DirectTool hidden = direct.get(name);
        boolean offersDirect = modeOf(caller) == ToolMode.DIRECT;
        if (hidden != null && offersDirect) {
            return guard.unavailable(facts, caller, hidden.operationId());
        }
        String detail = isKnown(name) ? "tool-of-other-mode" : "unknown-tool";
        return guard.refuse(facts, caller, new Deny(Reason.OPERATION_NOT_AVAILABLE, detail));
    }

    private ToolMode modeOf(Caller caller) {
        return caller.profile().tools().orElse(standard);
    }

    /**
     * Serves a call. Whatever is refused is on record before the answer is there; what reached the service has its outcome on
     * record.
     *
     * @param call a call of a tool that the caller {@linkplain #has(Caller, String) has}
     * @return a stage that completes with the answer; it fails only when something unforeseen went wrong
     */
    public CompletionStage<ToolResult> call(ToolCall call) {
        Map<String, ? extends Tool> offered = modeOf(call.caller()) == ToolMode.FIXED ? fixed : direct;
        Tool tool = offered.get(call.tool());
        if (tool == null) {
            throw new IllegalArgumentException("no such tool for this caller; ask has(caller, name) first");
        }
        return tool.call(call);
    }

    /** The arguments are read first, then the listing is counted and recorded, then it is made. */
    private Tool listing(Listing listing, Set<String> declared, StrictJson json) {
        return call -> {
            ToolArguments arguments = new ToolArguments(call.arguments(), declared, json);
            Listing.Answer answer = listing.answer(arguments, call.caller());
            return CompletableFuture.completedStage(answer(call, arguments.problems(), answer));
        };
    }

    private ToolResult answer(ToolCall call, List<SchemaProblem> problems, Listing.Answer answer) {
        if (!problems.isEmpty()) {
            Refusal refusal = guard.refuse(call.facts(), call.caller(), new Deny(Reason.ARGUMENTS_INVALID));
            return ToolResult.refused(withProblems(refusal, problems));
        }
        if (answer instanceof Listing.Answer.Refused refused) {
            return ToolResult.refused(guard.refuse(call.facts(), call.caller(), refused.deny()));
        }
        return guard.listed(call.facts(), call.caller())
                .map(ToolResult::refused)
                .orElseGet(() ->
                        ToolResult.of(((Listing.Answer.Found) answer).content().get(), false));
    }

    /** Says what is wrong with the arguments, unless the refusal has become one for another reason. */
    static Refusal withProblems(Refusal refusal, List<SchemaProblem> problems) {
        return refusal.reason() == Reason.ARGUMENTS_INVALID
                ? new Refusal(refusal.reason(), refusal.callId(), refusal.retryAfter(), refusal.limit(), problems)
                : refusal;
    }

    private static List<ToolDefinition> definitions(StrictJson json) {
        try (InputStream resource = Tools.class.getResourceAsStream(DEFINITIONS)) {
            if (resource == null) {
                throw new IllegalStateException("the jar is damaged: " + DEFINITIONS + " is missing");
            }
            if (!(json.read(resource.readAllBytes()) instanceof Document document)) {
                throw new IllegalStateException("the jar is damaged: " + DEFINITIONS + " is not JSON");
            }
            List<ToolDefinition> definitions = new ArrayList<>();
            for (JsonNode definition : document.root()) {
                definitions.add(new ToolDefinition(definition.path("name").stringValue(), (ObjectNode) definition));
            }
            return List.copyOf(definitions);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is damaged: " + DEFINITIONS, e);
        }
    }
}
